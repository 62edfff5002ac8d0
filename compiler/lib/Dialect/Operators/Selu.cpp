//===- Selu.cpp - opml.Selu -----------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SeluOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value alpha = scalars.floatConstant(getAlpha().convertToFloat());
  Value product = scalars.multiply(alpha, scalars.create<math::ExpOp>(x));
  Value curve = scalars.create<arith::SubFOp>(product, alpha);
  Value isPositive = scalars.create<arith::CmpFOp>(arith::CmpFPredicate::OGT, x,
                                                   scalars.zero(x.getType()));
  return scalars.multiply(
      scalars.floatConstant(getGamma().convertToFloat()),
      scalars.create<arith::SelectOp>(isPositive, x, curve));
}
