//===- Greater.cpp - opml.Greater -----------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value GreaterOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.truth(scalars.compare(Comparison::Less, elements[1],
                                       elements[0], isUnsignedTensor(getA())));
}
