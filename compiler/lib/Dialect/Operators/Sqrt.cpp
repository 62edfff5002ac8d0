//===- Sqrt.cpp - opml.Sqrt -----------------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SqrtOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  return scalars.create<math::SqrtOp>(elements[0]);
}
