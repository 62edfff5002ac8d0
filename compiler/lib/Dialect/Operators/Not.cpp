//===- Not.cpp - opml.Not -------------------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value NotOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  return scalars.truth(scalars.compare(
      Comparison::Equal, x, scalars.zero(x.getType()), /*isUnsigned=*/false));
}
