//===- ThresholdedRelu.cpp - opml.ThresholdedRelu -------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value ThresholdedReluOp::computeElement(LinalgBuilder &scalars,
                                        ValueRange elements) {
  Value x = elements[0];
  Value above = scalars.create<arith::CmpFOp>(
      arith::CmpFPredicate::OGT, x,
      scalars.floatConstant(getAlpha().convertToFloat()));
  return scalars.create<arith::SelectOp>(above, x, scalars.zero(x.getType()));
}
