//===- ScratchArguments.cpp - Allocations become arguments ----------------===//

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_SCRATCHARGUMENTS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

struct ScratchArguments : opml::impl::ScratchArgumentsBase<ScratchArguments> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    SmallVector<memref::AllocOp> allocations;
    function.walk([&](memref::AllocOp op) { allocations.push_back(op); });
    for (memref::AllocOp op : allocations)
      if (failed(replaceByArgument(function, op)))
        return signalPassFailure();
    function.walk([](memref::DeallocOp op) { op.erase(); });
  }

private:
  LogicalResult replaceByArgument(func::FuncOp function, memref::AllocOp op) {
    if (!op.getType().hasStaticShape())
      return op.emitError("in node '")
             << function.getName()
             << "': a scratch buffer of dynamic shape; the guest has no "
                "allocator, so every "
                "shape must be static";
    auto unit = UnitAttr::get(&getContext());
    auto attributes = DictionaryAttr::get(
        &getContext(),
        {NamedAttribute(StringAttr::get(&getContext(), opml::scratchAttrName),
                        unit),
         NamedAttribute(
             StringAttr::get(&getContext(),
                             LLVM::LLVMDialect::getNoAliasAttrName()),
             unit)});
    unsigned index = function.getNumArguments();
    if (failed(function.insertArgument(index, op.getType(), attributes,
                                       op.getLoc())))
      return failure();
    op.replaceAllUsesWith(static_cast<Value>(function.getArgument(index)));
    op.erase();
    return success();
  }
};

} // namespace
