//===- Sub.cpp - opml.Sub -------------------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SubOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.subtract(elements[0], elements[1]);
}
