//===- ParallelLoops.cpp - Bufferized linalg to parallel loops ------------===//

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_PARALLELLOOPS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// The outermost parallel loop that goes round more than once.
std::optional<unsigned> outermostParallel(linalg::LinalgOp op) {
  auto ranges = op.getStaticLoopRanges();
  for (auto [position, kind] : llvm::enumerate(op.getIteratorTypesArray()))
    if (linalg::isParallelIterator(kind) && ranges[position] > 1)
      return position;
  return std::nullopt;
}

/// `op` as a nest of loops in a scf.forall over its outermost parallel loop, of
/// one iteration if it has none.
LogicalResult lower(IRRewriter &rewriter, linalg::LinalgOp op) {
  Location loc = op.getLoc();
  std::optional<unsigned> outermost = outermostParallel(op);
  int64_t iterations = outermost ? op.getStaticLoopRanges()[*outermost] : 1;
  rewriter.setInsertionPoint(op);
  auto forall = scf::ForallOp::create(
      rewriter, loc, ArrayRef<OpFoldResult>{rewriter.getIndexAttr(iterations)},
      ValueRange(), std::nullopt);
  rewriter.moveOpBefore(op, forall.getTerminator());
  rewriter.setInsertionPoint(op);
  FailureOr<linalg::LinalgLoops> loops = linalg::linalgOpToLoops(rewriter, op);
  if (failed(loops))
    return op.emitError("has no lowering to loops");
  rewriter.eraseOp(op);
  if (!outermost)
    return success();
  auto loop = cast<scf::ForOp>((*loops)[*outermost]);
  rewriter.eraseOp(loop.getBody()->getTerminator());
  rewriter.inlineBlockBefore(loop.getBody(), loop,
                             forall.getInductionVars().front());
  rewriter.eraseOp(loop);
  return success();
}

struct ParallelLoops : opml::impl::ParallelLoopsBase<ParallelLoops> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops)
      if (failed(lower(rewriter, op)))
        return signalPassFailure();
  }
};

} // namespace
