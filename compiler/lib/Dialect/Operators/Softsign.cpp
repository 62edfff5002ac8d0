//===- Softsign.cpp - opml.Softsign ---------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SoftsignOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value divisor =
      scalars.add(scalars.floatConstant(1), scalars.create<math::AbsFOp>(x));
  return scalars.create<arith::DivFOp>(x, divisor);
}
