//===- Softmax.cpp - opml.Softmax -----------------------------------------===//

#include "opml/Dialect/Softmax.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult SoftmaxOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  return inferSoftmax(loc, adaptor.getInput(), adaptor.getAxis(),
                      adaptor.getCoerced() != 0, results);
}

SmallVector<Value> SoftmaxOp::lowerToLinalg(OpBuilder &builder,
                                            ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  return {lowerSoftmax(linalg, operands[0], getAxis(), getCoerced() != 0,
                       /*logarithm=*/false)};
}
