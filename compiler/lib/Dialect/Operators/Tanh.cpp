//===- Tanh.cpp - opml.Tanh -----------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value TanhOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::TanhOp>(elements[0]);
}
