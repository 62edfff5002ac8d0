//===- Erf.cpp - opml.Erf -------------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value ErfOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::ErfOp>(elements[0]);
}
