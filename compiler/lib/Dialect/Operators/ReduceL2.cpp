//===- ReduceL2.cpp - opml.ReduceL2 ---------------------------------------===//

#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

SmallVector<Value> ReduceL2Op::lowerToLinalg(OpBuilder &builder,
                                             ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Reduction reduction = *Reduction::of(std::nullopt, *this);
  Value zero = linalg.zero(getType().getElementType());
  return {reduction.lower(
      linalg, operands[0], zero,
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.multiplyAdd(e[0], e[0], e[1]);
      },
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.create<math::SqrtOp>(e[0]);
      })};
}
