//===- Floor.cpp - opml.Floor ---------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value FloorOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::FloorOp>(elements[0]);
}
