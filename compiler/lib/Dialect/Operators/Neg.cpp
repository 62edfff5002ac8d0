//===- Neg.cpp - opml.Neg -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value NegOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value x = elements[0];
  if (isa<FloatType>(x.getType()))
    return scalars.create<arith::NegFOp>(x);
  return scalars.create<arith::SubIOp>(scalars.zero(x.getType()), x);
}
