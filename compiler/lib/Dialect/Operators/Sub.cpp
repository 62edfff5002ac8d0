//===- Sub.cpp - opml.Sub -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value SubOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value a = elements[0], b = elements[1];
  if (isa<FloatType>(a.getType()))
    return scalars.create<arith::SubFOp>(a, b);
  return scalars.create<arith::SubIOp>(a, b);
}
