//===- HardSigmoid.cpp - opml.HardSigmoid ---------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value HardSigmoidOp::computeElement(LinalgBuilder &scalars,
                                    ValueRange elements) {
  Value product = scalars.multiply(
      elements[0], scalars.floatConstant(getAlpha().convertToFloat()));
  Value line =
      scalars.add(product, scalars.floatConstant(getBeta().convertToFloat()));
  Value capped =
      scalars.minimum(line, scalars.floatConstant(1), /*isUnsigned=*/false);
  return scalars.maximum(capped, scalars.floatConstant(0),
                         /*isUnsigned=*/false);
}
