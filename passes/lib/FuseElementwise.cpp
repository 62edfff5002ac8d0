//===- FuseElementwise.cpp - Fuse chains of elementwise ops ---------------===//

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// A broadcast producer would be recomputed for every element it is read for.
bool isElementwiseChain(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  return producer && consumer && producer->hasOneUse() &&
         producer.isAllParallelLoops() && consumer.isAllParallelLoops() &&
         consumer.getMatchingIndexingMap(operand).isPermutation();
}

struct FuseElementwise : opml::impl::FuseElementwiseBase<FuseElementwise> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(patterns, isElementwiseChain);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
