//===- LowerToLinalg.cpp - Operators as linalg on tensors -----------------===//
//
// Each operator builds its own body (LowerToLinalg, in its .cpp); this pass
// finds the operators and gives the types the elements that are computed with.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/DialectConversion.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_LOWERTOLINALG
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml::compiler;

namespace {

struct LowerOperator : OpInterfaceConversionPattern<LowerToLinalg> {
  using OpInterfaceConversionPattern::OpInterfaceConversionPattern;

  LogicalResult
  matchAndRewrite(LowerToLinalg op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    rewriter.replaceOp(op, op.lowerToLinalg(rewriter, operands));
    return success();
  }
};

/// All dimensions of a tensor of rank `rank` as one group, none for a scalar.
SmallVector<ReassociationIndices> oneGroup(int64_t rank) {
  if (rank == 0)
    return {};
  return {llvm::to_vector(llvm::seq<int64_t>(0, rank))};
}

/// A view between the operators of a node: over the flat tensor to the new
/// shape.
struct LowerView : OpConversionPattern<ViewOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ViewOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto from = cast<RankedTensorType>(adaptor.getInput().getType());
    auto to =
        cast<RankedTensorType>(getTypeConverter()->convertType(op.getType()));
    auto flat = from.clone({from.getNumElements()});
    Value value = adaptor.getInput();
    if (from.getRank() == 0)
      value = tensor::ExpandShapeOp::create(rewriter, op.getLoc(), flat, value,
                                            oneGroup(0));
    else if (from.getRank() > 1)
      value = tensor::CollapseShapeOp::create(rewriter, op.getLoc(), flat,
                                              value, oneGroup(from.getRank()));
    if (to.getRank() == 0)
      value = tensor::CollapseShapeOp::create(rewriter, op.getLoc(), to, value,
                                              oneGroup(0));
    else if (to.getRank() > 1)
      value = tensor::ExpandShapeOp::create(rewriter, op.getLoc(), to, value,
                                            oneGroup(to.getRank()));
    rewriter.replaceOp(op, value);
    return success();
  }
};

struct LowerToLinalgPass : opml::impl::LowerToLinalgBase<LowerToLinalgPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr(nodeAttrName))
      return;
    TypeConverter types;
    types.addConversion([](Type type) { return type; });
    types.addConversion([](RankedTensorType type) -> Type {
      return type.clone(storedType(type.getElementType()));
    });
    ConversionTarget target(getContext());
    target.addLegalDialect<arith::ArithDialect, linalg::LinalgDialect,
                           math::MathDialect, tensor::TensorDialect>();
    target.addIllegalDialect<OpmlDialect>();
    target.addLegalOp<LogisticOp>();
    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
      return types.isSignatureLegal(op.getFunctionType());
    });
    target.addDynamicallyLegalOp<func::ReturnOp>(
        [&](func::ReturnOp op) { return types.isLegal(op.getOperandTypes()); });
    RewritePatternSet patterns(&getContext());
    patterns.add<LowerOperator, LowerView>(types, &getContext());
    populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                   types);
    populateReturnOpTypeConversionPattern(patterns, types);
    if (failed(applyPartialConversion(function, target, std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
