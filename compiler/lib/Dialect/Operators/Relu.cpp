//===- Relu.cpp - opml.Relu -----------------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value ReluOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value zero = scalars.zero(elements[0].getType());
  return scalars.maximum(elements[0], zero, /*isUnsigned=*/false);
}
