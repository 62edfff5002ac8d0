//===- Elu.cpp - opml.Elu -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value EluOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value grown = scalars.create<arith::SubFOp>(scalars.create<math::ExpOp>(x),
                                              scalars.floatConstant(1));
  Value scaled = scalars.multiply(
      scalars.floatConstant(getAlpha().convertToFloat()), grown);
  Value isNegative = scalars.create<arith::CmpFOp>(arith::CmpFPredicate::OLT, x,
                                                   scalars.zero(x.getType()));
  return scalars.create<arith::SelectOp>(isNegative, scaled, x);
}
