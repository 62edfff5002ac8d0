//===- LessOrEqual.cpp - opml.LessOrEqual ---------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value LessOrEqualOp::computeElement(LinalgBuilder &scalars,
                                    ValueRange elements) {
  return scalars.truth(scalars.compare(Comparison::LessOrEqual, elements[0],
                                       elements[1], isUnsignedTensor(getA())));
}
