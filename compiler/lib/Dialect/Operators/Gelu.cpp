//===- Gelu.cpp - opml.Gelu -----------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value GeluOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0], inner;
  if (getApproximate() == "tanh") {
    Value cube = scalars.multiply(scalars.multiply(x, x), x);
    Value sum = scalars.add(
        x, scalars.multiply(scalars.floatConstant(0.044715F), cube));
    // sqrt(2 / pi)
    inner = scalars.create<math::TanhOp>(
        scalars.multiply(scalars.floatConstant(0x1.988454p-1F), sum));
  } else {
    // sqrt(1 / 2)
    inner = scalars.create<math::ErfOp>(
        scalars.multiply(x, scalars.floatConstant(0x1.6a09e6p-1F)));
  }
  return scalars.multiply(scalars.multiply(scalars.floatConstant(0.5F), x),
                          scalars.add(scalars.floatConstant(1), inner));
}
