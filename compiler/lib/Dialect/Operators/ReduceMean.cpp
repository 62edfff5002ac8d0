//===- ReduceMean.cpp - opml.ReduceMean -----------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

SmallVector<Value> ReduceMeanOp::lowerToLinalg(OpBuilder &builder,
                                               ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  Reduction reduction = *Reduction::of(std::nullopt, *this);
  Value zero = linalg.zero(getType().getElementType());
  return {reduction.lower(
      linalg, operands[0], zero,
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.add(e[1], e[0]);
      },
      [&](LinalgBuilder &scalars, ValueRange e) {
        return scalars.create<arith::DivFOp>(
            e[0], scalars.floatConstant(reduction.count()));
      })};
}
