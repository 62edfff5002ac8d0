//===- ReduceProd.cpp - opml.ReduceProd -----------------------------------===//

#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

SmallVector<Value> ReduceProdOp::lowerToLinalg(OpBuilder &builder,
                                               ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Reduction reduction = *Reduction::of(std::nullopt, *this);
  Type element = storedType(getType().getElementType());
  Value one =
      element.isF32() ? linalg.floatConstant(1) : linalg.constant(element, 1);
  return {reduction.lower(linalg, operands[0], one,
                          [](LinalgBuilder &scalars, ValueRange e) {
                            return scalars.multiply(e[1], e[0]);
                          })};
}
