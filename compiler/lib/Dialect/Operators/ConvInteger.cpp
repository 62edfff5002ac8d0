//===- ConvInteger.cpp - opml.ConvInteger ---------------------------------===//

#include "opml/Dialect/Convolution.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/ZeroPoint.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult ConvIntegerOp::inferReturnTypes(MLIRContext *context,
                                              std::optional<Location> loc,
                                              Adaptor adaptor,
                                              SmallVectorImpl<Type> &results) {
  auto conv =
      Convolution::compute(loc, adaptor, adaptor.getX(), adaptor.getW());
  if (failed(conv) ||
      failed(checkZeroPoint(loc, adaptor.getXZeroPoint(), adaptor.getX(),
                            std::nullopt)) ||
      failed(checkZeroPoint(loc, adaptor.getWZeroPoint(), adaptor.getW(),
                            conv->w.getDimSize(0))))
    return failure();
  results.push_back(RankedTensorType::get(conv->resultShape(),
                                          IntegerType::get(context, 32)));
  return success();
}

/// x less its zero point, in 16 bits, which hold every difference.
static Value centred(LinalgBuilder &linalg, Value x, Value zeroPoint,
                     bool isUnsigned) {
  auto type = cast<RankedTensorType>(x.getType());
  Type half = IntegerType::get(type.getContext(), 16);
  auto rank = cast<RankedTensorType>(zeroPoint.getType()).getRank();
  LinalgBuilder::Indices zeros(rank,
                               getAffineConstantExpr(0, type.getContext()));
  return linalg.map(
      {{x, linalg.loops(0, type.getRank())}, {zeroPoint, zeros}},
      type.clone(half), [&](LinalgBuilder &scalars, ValueRange e) {
        return scalars.subtract(scalars.widened(e[0], half, isUnsigned),
                                scalars.widened(e[1], half, isUnsigned));
      });
}

SmallVector<Value> ConvIntegerOp::lowerToLinalg(OpBuilder &builder,
                                                ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Adaptor lowered(operands, *this);
  Convolution conv = *Convolution::compute(std::nullopt, lowered,
                                           lowered.getX(), lowered.getW());
  bool unsignedX = getX().getType().getElementType().isUnsignedInteger();
  bool unsignedW = getW().getType().getElementType().isUnsignedInteger();
  Value x = lowered.getX();
  if (Value zeroPoint = lowered.getXZeroPoint()) {
    x = centred(linalg, x, zeroPoint, unsignedX);
    unsignedX = false;
  }
  Type stored = cast<RankedTensorType>(x.getType()).getElementType();
  x = conv.window.pad(linalg, x, linalg.zero(stored));
  SmallVector<Convolution::PerChannel> zeroPoints;
  if (Value zeroPoint = lowered.getWZeroPoint())
    zeroPoints.push_back({zeroPoint, isOneNumber(zeroPoint)});
  Type sum = getType().getElementType();
  auto body = [&](LinalgBuilder &scalars, ValueRange e) {
    Value w = scalars.widened(e[1], sum, unsignedW);
    if (!zeroPoints.empty())
      w = scalars.subtract(w, scalars.widened(e[2], sum, unsignedW));
    return scalars.multiplyAdd(scalars.widened(e[0], sum, unsignedX), w,
                               e.back());
  };
  return {conv.sums(linalg, x, lowered.getW(), zeroPoints, Value(), sum, body)};
}
