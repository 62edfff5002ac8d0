//===- Equal.cpp - opml.Equal ---------------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value EqualOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value a = elements[0], b = elements[1];
  if (isBoolTensor(getA())) {
    a = scalars.isTrue(a);
    b = scalars.isTrue(b);
  }
  return scalars.truth(
      scalars.compare(Comparison::Equal, a, b, /*isUnsigned=*/false));
}
