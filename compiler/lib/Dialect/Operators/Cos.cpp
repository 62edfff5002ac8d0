//===- Cos.cpp - opml.Cos -------------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value CosOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::CosOp>(elements[0]);
}
