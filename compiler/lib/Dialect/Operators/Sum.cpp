//===- Sum.cpp - opml.Sum -------------------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SumOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value sum = elements[0];
  for (Value element : elements.drop_front().drop_back())
    sum = scalars.add(sum, element);
  return sum;
}
