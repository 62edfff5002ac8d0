//===- LeakyRelu.cpp - opml.LeakyRelu -------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value LeakyReluOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value scaled =
      scalars.multiply(x, scalars.floatConstant(getAlpha().convertToFloat()));
  Value isNegative = scalars.create<arith::CmpFOp>(arith::CmpFPredicate::OLT, x,
                                                   scalars.zero(x.getType()));
  return scalars.create<arith::SelectOp>(isNegative, scaled, x);
}
