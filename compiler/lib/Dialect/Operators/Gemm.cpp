//===- Gemm.cpp - opml.Gemm -----------------------------------------------===//

#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult GemmOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  auto a = cast<RankedTensorType>(adaptor.getA().getType());
  auto b = cast<RankedTensorType>(adaptor.getB().getType());
  if (a.getRank() != 2 || b.getRank() != 2)
    return emitOptionalError(loc, a, " and ", b, " are not both matrices");
  bool transA = adaptor.getTransA(), transB = adaptor.getTransB();
  if (a.getDimSize(transA ? 0 : 1) != b.getDimSize(transB ? 1 : 0))
    return emitOptionalError(loc, "the inner dimensions of ", a,
                             transA ? " transposed" : "", " and ", b,
                             transB ? " transposed" : "", " differ");
  Shape shape{a.getDimSize(transA ? 1 : 0), b.getDimSize(transB ? 0 : 1)};
  if (Value c = adaptor.getC()) {
    auto type = cast<RankedTensorType>(c.getType());
    if (broadcastShapes(type.getShape(), shape) != shape)
      return emitOptionalError(loc, "C of ", type, " does not broadcast to ",
                               a.clone(shape));
  }
  results.push_back(a.clone(shape));
  return success();
}

SmallVector<Value> GemmOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  auto type = cast<RankedTensorType>(getType());
  AffineExpr row = linalg.loop(0), column = linalg.loop(1),
             inner = linalg.loop(2);
  LinalgBuilder::Indices indicesA{row, inner}, indicesB{inner, column};
  if (getTransA())
    std::swap(indicesA[0], indicesA[1]);
  if (getTransB())
    std::swap(indicesB[0], indicesB[1]);
  Value start = linalg.filled(type, linalg.zero(type.getElementType()));
  Value product = linalg.reduce(
      {{operands[0], indicesA}, {operands[1], indicesB}},
      {start, {row, column}}, 2, 1, [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.multiplyAdd(e[0], e[1], e[2]);
      });

  float alpha = getAlpha().convertToFloat(), beta = getBeta().convertToFloat();
  SmallVector<LinalgBuilder::Operand> inputs{{product, {row, column}}};
  if (getC())
    inputs.push_back(
        {operands[2], broadcastIndices(getC().getType().getShape(),
                                       type.getShape(), getContext())});
  else if (alpha == 1)
    return {product};
  return {linalg.map(
      inputs, type, [&](LinalgBuilder &scalars, ValueRange elements) {
        Value result = elements[0];
        if (alpha != 1)
          result = scalars.multiply(result, scalars.floatConstant(alpha));
        if (!getC())
          return result;
        Value c = elements[1];
        if (beta != 1)
          c = scalars.multiply(c, scalars.floatConstant(beta));
        return scalars.add(result, c);
      })};
}

/// Gemm-1 and Gemm-6 broadcast C only if told so; from 7 on it always may.
llvm::Error GemmOp::toUnidirectionalBroadcasting(ImportedNode &node) {
  node.attributes.erase("broadcast");
  return llvm::Error::success();
}
