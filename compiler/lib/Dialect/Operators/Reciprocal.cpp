//===- Reciprocal.cpp - opml.Reciprocal -----------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value ReciprocalOp::computeElement(LinalgBuilder &scalars,
                                   ValueRange elements) {
  return scalars.create<arith::DivFOp>(scalars.floatConstant(1), elements[0]);
}
