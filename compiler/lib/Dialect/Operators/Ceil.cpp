//===- Ceil.cpp - opml.Ceil -----------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value CeilOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::CeilOp>(elements[0]);
}
