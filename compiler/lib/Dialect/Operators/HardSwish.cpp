//===- HardSwish.cpp - opml.HardSwish -------------------------------------===//

#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value HardSwishOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  Value product = scalars.multiply(x, scalars.floatConstant(1.0F / 6));
  Value line = scalars.add(product, scalars.floatConstant(0.5F));
  Value capped =
      scalars.minimum(line, scalars.floatConstant(1), /*isUnsigned=*/false);
  Value gate = scalars.maximum(capped, scalars.floatConstant(0),
                               /*isUnsigned=*/false);
  return scalars.multiply(x, gate);
}
