//===- Abs.cpp - opml.Abs -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value AbsOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  if (isa<FloatType>(x.getType()))
    return scalars.create<math::AbsFOp>(x);
  if (isUnsignedTensor(getX()))
    return x;
  Value negative = scalars.create<arith::SubIOp>(scalars.zero(x.getType()), x);
  return scalars.maximum(x, negative, /*isUnsigned=*/false);
}
