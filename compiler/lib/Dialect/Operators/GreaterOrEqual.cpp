//===- GreaterOrEqual.cpp - opml.GreaterOrEqual ---------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value GreaterOrEqualOp::computeElement(LinalgBuilder &scalars,
                                       ValueRange elements) {
  return scalars.truth(scalars.compare(Comparison::LessOrEqual, elements[1],
                                       elements[0], isUnsignedTensor(getA())));
}
