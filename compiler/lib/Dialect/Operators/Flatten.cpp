//===- Flatten.cpp - opml.Flatten -----------------------------------------===//

#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

LogicalResult FlattenOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  auto input = cast<RankedTensorType>(adaptor.getInput().getType());
  int64_t rank = input.getRank(), axis = adaptor.getAxis();
  if (axis < -rank || axis > rank)
    return emitOptionalError(loc, "axis ", axis, " is not in [", -rank, ", ",
                             rank, "]");
  if (axis < 0)
    axis += rank;
  ArrayRef<int64_t> shape = input.getShape();
  int64_t rows = ShapedType::getNumElements(shape.take_front(axis));
  int64_t columns = ShapedType::getNumElements(shape.drop_front(axis));
  results.push_back(input.clone({rows, columns}));
  return success();
}
