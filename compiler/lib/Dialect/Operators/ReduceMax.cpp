//===- ReduceMax.cpp - opml.ReduceMax -------------------------------------===//

#include "opml/Dialect/Elementwise.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

SmallVector<Value> ReduceMaxOp::lowerToLinalg(OpBuilder &builder,
                                              ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Reduction reduction = *Reduction::of(std::nullopt, *this);
  bool isUnsigned = isUnsignedTensor(getData());
  Value start =
      linalg.lowest(storedType(getType().getElementType()), isUnsigned);
  return {reduction.lower(linalg, operands[0], start,
                          [&](LinalgBuilder &scalars, ValueRange e) {
                            return scalars.maximum(e[1], e[0], isUnsigned);
                          })};
}
