//===- Exp.cpp - opml.Exp -------------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value ExpOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::ExpOp>(elements[0]);
}
