//===- Mul.cpp - opml.Mul -------------------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value MulOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.multiply(elements[0], elements[1]);
}
