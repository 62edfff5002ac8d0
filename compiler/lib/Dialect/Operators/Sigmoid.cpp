//===- Sigmoid.cpp - opml.Sigmoid -----------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SigmoidOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<LogisticOp>(elements[0]);
}
