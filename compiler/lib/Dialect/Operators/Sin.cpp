//===- Sin.cpp - opml.Sin -------------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SinOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::SinOp>(elements[0]);
}
