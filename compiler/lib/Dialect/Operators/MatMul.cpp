//===- MatMul.cpp - opml.MatMul -------------------------------------------===//

#include "opml/Dialect/MatrixProduct.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult MatMulOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  auto a = cast<RankedTensorType>(adaptor.getA().getType());
  auto b = cast<RankedTensorType>(adaptor.getB().getType());
  if (a.getElementType() != b.getElementType())
    return emitOptionalError(loc, "the element types ", a.getElementType(),
                             " and ", b.getElementType(), " differ");
  auto product = MatrixProduct::compute(loc, a, b);
  if (failed(product))
    return failure();
  results.push_back(a.clone(product->shape));
  return success();
}

SmallVector<Value> MatMulOp::lowerToLinalg(OpBuilder &builder,
                                           ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  auto a = cast<RankedTensorType>(operands[0].getType());
  auto b = cast<RankedTensorType>(operands[1].getType());
  MatrixProduct product = *MatrixProduct::compute(std::nullopt, a, b);
  return {product.sums(linalg, operands[0], operands[1], {}, a.getElementType(),
                       [](LinalgBuilder &scalars, ValueRange e) {
                         return scalars.multiplyAdd(e[0], e[1], e[2]);
                       })};
}
