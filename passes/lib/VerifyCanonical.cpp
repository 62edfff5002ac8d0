//===- VerifyCanonical.cpp - Only what is on the list ---------------------===//
//
// Node functions are checked at two levels, each with a list of its own. What
// is not on the list is refused, whatever it is; docs/numerics.md says why for
// those operations that one might miss.
//
//===----------------------------------------------------------------------===//

#include "CanonicalOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/ADT/StringSwitch.h"

namespace opml {
#define GEN_PASS_DEF_VERIFYCANONICAL
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

using Check = StringRef (*)(Operation *);

struct VerifyCanonical : opml::impl::VerifyCanonicalBase<VerifyCanonical> {
  using VerifyCanonicalBase::VerifyCanonicalBase;

  void runOnOperation() override {
    Check check = llvm::StringSwitch<Check>(level)
                      .Case("linalg", opml::checkLinalgOp)
                      .Case("llvm", opml::checkLLVMOp)
                      .Case("native", opml::checkNativeOp)
                      .Default(nullptr);
    if (!check) {
      getOperation().emitError("opml-verify-canonical has no level '")
          << level << "'";
      return signalPassFailure();
    }
    for (Operation &op : *getOperation().getBody()) {
      auto function = dyn_cast<func::FuncOp>(op);
      if (function && !function->hasAttr(opml::compiler::nodeAttrName))
        continue;
      if (!verify(op, check))
        return signalPassFailure();
    }
  }

private:
  static bool verify(Operation &function, Check check) {
    bool canonical = true;
    auto symbol =
        function.getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
    function.walk([&](Operation *op) {
      StringRef problem = check(op);
      if (problem.empty())
        return;
      canonical = false;
      op->emitError() << "'" << op->getName() << "' in node '"
                      << (symbol ? symbol.getValue() : "?") << "': " << problem;
    });
    return canonical;
  }
};

} // namespace
