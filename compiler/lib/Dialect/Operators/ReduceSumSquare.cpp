//===- ReduceSumSquare.cpp - opml.ReduceSumSquare -------------------------===//

#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

SmallVector<Value> ReduceSumSquareOp::lowerToLinalg(OpBuilder &builder,
                                                    ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Reduction reduction = *Reduction::of(std::nullopt, *this);
  Type element = storedType(getType().getElementType());
  return {reduction.lower(linalg, operands[0], linalg.zero(element),
                          [](LinalgBuilder &scalars, ValueRange e) {
                            return scalars.multiplyAdd(e[0], e[0], e[1]);
                          })};
}
