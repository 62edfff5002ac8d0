//===- Less.cpp - opml.Less -----------------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value LessOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.truth(scalars.compare(Comparison::Less, elements[0],
                                       elements[1], isUnsignedTensor(getA())));
}
