//===- LogSoftmax.cpp - opml.LogSoftmax -----------------------------------===//

#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Softmax.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult LogSoftmaxOp::inferReturnTypes(MLIRContext *,
                                             std::optional<Location> loc,
                                             Adaptor adaptor,
                                             SmallVectorImpl<Type> &results) {
  return inferSoftmax(loc, adaptor.getInput(), adaptor.getAxis(),
                      adaptor.getCoerced() != 0, results);
}

SmallVector<Value> LogSoftmaxOp::lowerToLinalg(OpBuilder &builder,
                                               ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  return {lowerSoftmax(linalg, operands[0], getAxis(), getCoerced() != 0,
                       /*logarithm=*/true)};
}
