//===- Simplify.cpp - Views as aliases, data constants as weights ---------===//

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_SIMPLIFY
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml::compiler;

namespace {

/// Reshape, Flatten and the like, whose result type holds all they say.
struct ToView : OpTraitRewritePattern<opml::compiler::OpTrait::View> {
  using OpTraitRewritePattern::OpTraitRewritePattern;

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (isa<ViewOp>(op))
      return failure();
    rewriter.replaceOpWithNewOp<ViewOp>(op, op->getResultTypes(),
                                        op->getOperand(0));
    return success();
  }
};

struct SimplifyPass : opml::impl::SimplifyBase<SimplifyPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<ToView>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    // Nothing has folded these: they are data.
    getOperation().walk([](ConstantOp op) {
      OpBuilder builder(op);
      auto weight =
          WeightOp::create(builder, op.getLoc(), op.getType(), op.getName());
      op.replaceAllUsesWith(weight.getResult());
      op.erase();
    });
  }
};

} // namespace
