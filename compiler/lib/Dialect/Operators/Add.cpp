//===- Add.cpp - opml.Add -------------------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value AddOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.add(elements[0], elements[1]);
}
