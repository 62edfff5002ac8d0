//===- Round.cpp - opml.Round ---------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value RoundOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::RoundEvenOp>(elements[0]);
}
