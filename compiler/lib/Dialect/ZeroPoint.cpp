//===- ZeroPoint.cpp - Zero points of quantised tensors -------------------===//

#include "opml/Dialect/ZeroPoint.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

bool opml::compiler::isOneNumber(Value zeroPoint) {
  return cast<RankedTensorType>(zeroPoint.getType()).getNumElements() == 1;
}

LogicalResult opml::compiler::checkZeroPoint(std::optional<Location> loc,
                                             Value zeroPoint, Value tensor,
                                             std::optional<int64_t> slices) {
  if (!zeroPoint)
    return success();
  auto type = cast<RankedTensorType>(zeroPoint.getType());
  auto quantised = cast<RankedTensorType>(tensor.getType());
  if (type.getElementType() != quantised.getElementType())
    return emitOptionalError(loc, "the zero point of ", quantised, " is ",
                             type);
  if (type.getRank() > 1 ||
      (!isOneNumber(zeroPoint) && type.getNumElements() != slices))
    return emitOptionalError(loc, "the zero point of ", quantised, " is ", type,
                             ", expected one number",
                             slices ? " or " + std::to_string(*slices) : "");
  return success();
}
