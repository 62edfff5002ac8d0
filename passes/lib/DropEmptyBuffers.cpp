//===- DropEmptyBuffers.cpp - Buffers without elements --------------------===//
//
// The strides of a memref like memref<2x0xf32> are dynamic to MLIR, so it has
// no bare pointer. Nothing is ever read from or written to it.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_DROPEMPTYBUFFERS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

struct DropEmptyBuffers : opml::impl::DropEmptyBuffersBase<DropEmptyBuffers> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    function.walk([](linalg::LinalgOp op) {
      if (llvm::is_contained(op.getStaticLoopRanges(), 0))
        op.erase();
    });
    function.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
      if (isOpTriviallyDead(op))
        op->erase();
    });
    for (BlockArgument argument : function.getArguments()) {
      auto type = dyn_cast<MemRefType>(argument.getType());
      if (type && type.hasStaticShape() && type.getNumElements() == 0 &&
          argument.use_empty())
        argument.setType(MemRefType::get({0}, type.getElementType()));
    }
    function.setType(FunctionType::get(&getContext(),
                                       function.getBody().getArgumentTypes(),
                                       function.getResultTypes()));
  }
};

} // namespace
