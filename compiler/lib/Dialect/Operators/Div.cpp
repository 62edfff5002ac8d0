//===- Div.cpp - opml.Div -------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

Value DivOp::computeElement(LinalgBuilder &scalars, ValueRange elements) {
  Value a = elements[0], b = elements[1];
  if (isa<FloatType>(a.getType()))
    return scalars.create<arith::DivFOp>(a, b);
  if (isUnsignedTensor(getA()))
    return scalars.create<arith::DivUIOp>(a, b);
  return scalars.create<arith::DivSIOp>(a, b);
}
