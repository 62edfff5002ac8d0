//===- Log.cpp - opml.Log -------------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value LogOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::LogOp>(elements[0]);
}
