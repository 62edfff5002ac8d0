//===- ReuseDestinations.cpp - Elementwise ops in place -------------------===//

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_REUSEDESTINATIONS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// An input that the op may overwrite: read at the position that is written,
/// used by nobody else, and not an operand of the node.
OpOperand *findDyingInput(linalg::GenericOp op, Type type) {
  for (OpOperand *input : op.getDpsInputOperands())
    if (input->get().getType() == type && input->get().hasOneUse() &&
        input->get().getDefiningOp<linalg::LinalgOp>() &&
        op.getMatchingIndexingMap(input).isIdentity())
      return input;
  return nullptr;
}

/// Lets the body read what it overwrites through the init alone: the same
/// tensor as input and init would be two buffers.
void writeInto(linalg::GenericOp op, OpOperand *input) {
  OpOperand *init = op.getDpsInitOperand(0);
  init->set(input->get());
  op.getMatchingBlockArgument(input).replaceAllUsesWith(
      op.getMatchingBlockArgument(init));
}

struct ReuseDestinations
    : opml::impl::ReuseDestinationsBase<ReuseDestinations> {
  void runOnOperation() override {
    getOperation().walk([](linalg::GenericOp op) {
      if (!op.isAllParallelLoops() || op.getNumDpsInits() != 1)
        return;
      OpOperand *init = op.getDpsInitOperand(0);
      if (!init->get().getDefiningOp<tensor::EmptyOp>() ||
          op.payloadUsesValueFromOperand(init) ||
          !op.getMatchingIndexingMap(init).isIdentity())
        return;
      if (OpOperand *input = findDyingInput(op, init->get().getType()))
        writeInto(op, input);
    });
    RewritePatternSet patterns(&getContext());
    linalg::populateEraseUnusedOperandsAndResultsPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
