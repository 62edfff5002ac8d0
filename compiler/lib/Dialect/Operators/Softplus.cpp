//===- Softplus.cpp - opml.Softplus ---------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SoftplusOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value decay = scalars.create<math::ExpOp>(
      scalars.create<arith::NegFOp>(scalars.create<math::AbsFOp>(x)));
  Value rest =
      scalars.create<math::LogOp>(scalars.add(scalars.floatConstant(1), decay));
  Value line =
      scalars.maximum(x, scalars.floatConstant(0), /*isUnsigned=*/false);
  return scalars.add(line, rest);
}
