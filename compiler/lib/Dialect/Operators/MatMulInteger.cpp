//===- MatMulInteger.cpp - opml.MatMulInteger -----------------------------===//

#include "opml/Dialect/MatrixProduct.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/ZeroPoint.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult
MatMulIntegerOp::inferReturnTypes(MLIRContext *context,
                                  std::optional<Location> loc, Adaptor adaptor,
                                  SmallVectorImpl<Type> &results) {
  auto product = MatrixProduct::compute(
      loc, cast<RankedTensorType>(adaptor.getA().getType()),
      cast<RankedTensorType>(adaptor.getB().getType()));
  if (failed(product) ||
      failed(checkZeroPoint(loc, adaptor.getAZeroPoint(), adaptor.getA(),
                            product->rows)) ||
      failed(checkZeroPoint(loc, adaptor.getBZeroPoint(), adaptor.getB(),
                            product->columns)))
    return failure();
  results.push_back(
      RankedTensorType::get(product->shape, IntegerType::get(context, 32)));
  return success();
}

/// The zero point's element for the slice that `loop` counts.
static LinalgBuilder::Operand zeroPointOf(LinalgBuilder &linalg, Value tensor,
                                          std::optional<unsigned> loop) {
  if (!isOneNumber(tensor))
    return {tensor, {linalg.loop(*loop)}};
  auto rank = cast<RankedTensorType>(tensor.getType()).getRank();
  return {tensor, LinalgBuilder::Indices(
                      rank, getAffineConstantExpr(0, tensor.getContext()))};
}

SmallVector<Value> MatMulIntegerOp::lowerToLinalg(OpBuilder &builder,
                                                  ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Adaptor lowered(operands, *this);
  MatrixProduct product = *MatrixProduct::compute(
      std::nullopt, cast<RankedTensorType>(lowered.getA().getType()),
      cast<RankedTensorType>(lowered.getB().getType()));
  SmallVector<LinalgBuilder::Operand> zeroPoints;
  if (Value zero = lowered.getAZeroPoint())
    zeroPoints.push_back(zeroPointOf(linalg, zero, product.rowLoop()));
  if (Value zero = lowered.getBZeroPoint())
    zeroPoints.push_back(zeroPointOf(linalg, zero, product.columnLoop()));

  bool unsignedA = getA().getType().getElementType().isUnsignedInteger();
  bool unsignedB = getB().getType().getElementType().isUnsignedInteger();
  Type sum = getType().getElementType();
  auto body = [&](LinalgBuilder &scalars, ValueRange e) {
    Value a = scalars.widened(e[0], sum, unsignedA);
    Value b = scalars.widened(e[1], sum, unsignedB);
    if (getAZeroPoint())
      a = scalars.subtract(a, scalars.widened(e[2], sum, unsignedA));
    if (getBZeroPoint())
      b = scalars.subtract(b, scalars.widened(e[e.size() - 2], sum, unsignedB));
    return scalars.multiplyAdd(a, b, e.back());
  };
  return {product.sums(linalg, lowered.getA(), lowered.getB(), zeroPoints, sum,
                       body)};
}
