//===- Conv.cpp - opml.Conv -----------------------------------------------===//

#include "opml/Dialect/Convolution.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult ConvOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  auto conv =
      Convolution::compute(loc, adaptor, adaptor.getX(), adaptor.getW());
  if (failed(conv))
    return failure();
  if (Value bias = adaptor.getB()) {
    auto b = cast<RankedTensorType>(bias.getType());
    if (b.getShape() != conv->w.getShape().take_front(1))
      return emitOptionalError(loc, "B is ", b, ", expected ",
                               conv->w.getDimSize(0), " elements");
  }
  results.push_back(conv->x.clone(conv->resultShape()));
  return success();
}

SmallVector<Value> ConvOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Convolution conv = *Convolution::compute(std::nullopt, Adaptor(*this),
                                           operands[0], operands[1]);
  Type element = getType().getElementType();
  Value x = conv.window.pad(linalg, operands[0], linalg.zero(element));
  return {conv.sums(linalg, x, operands[1], {}, getB() ? operands[2] : Value(),
                    element, [](LinalgBuilder &scalars, ValueRange e) {
                      return scalars.multiplyAdd(e[0], e[1], e[2]);
                    })};
}
