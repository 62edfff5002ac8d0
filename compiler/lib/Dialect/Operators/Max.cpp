//===- Max.cpp - opml.Max -------------------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value MaxOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  bool isUnsigned = isUnsignedTensor(getData().front());
  Value result = elements[0];
  for (Value element : elements.drop_front().drop_back())
    result = scalars.maximum(result, element, isUnsigned);
  return result;
}
