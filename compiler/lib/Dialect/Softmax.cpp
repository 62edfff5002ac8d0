//===- Softmax.cpp - What Softmax and LogSoftmax share --------------------===//

#include "opml/Dialect/Softmax.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace opml::compiler {

LogicalResult inferSoftmax(std::optional<Location> loc, Value operand,
                           int64_t axis, bool coerced,
                           SmallVectorImpl<Type> &result) {
  auto type = cast<RankedTensorType>(operand.getType());
  int64_t end = type.getRank() + (coerced ? 1 : 0);
  if (axis < -type.getRank() || axis >= end)
    return emitOptionalError(loc, "axis ", axis, " is not a dimension of ",
                             type);
  result.push_back(type);
  return success();
}

Value lowerSoftmax(LinalgBuilder &linalg, Value operand, int64_t axis,
                   bool coerced, bool logarithm) {
  auto type = cast<RankedTensorType>(operand.getType());
  ArrayRef<int64_t> shape = type.getShape();
  if (axis < 0)
    axis += type.getRank();
  auto product = [](ArrayRef<int64_t> sizes) {
    int64_t result = 1;
    for (int64_t size : sizes)
      result *= size;
    return result;
  };
  int64_t outer = product(shape.take_front(axis));
  int64_t size = coerced ? product(shape.drop_front(axis)) : shape[axis];
  int64_t inner = coerced ? 1 : product(shape.drop_front(axis + 1));

  RankedTensorType whole = type.clone({outer, size, inner}),
                   reduced = type.clone({outer, inner});
  Value x = linalg.reshaped(operand, whole.getShape());
  // Reductions run over loop 2 of (outer, inner, axis), maps over (outer, axis,
  // inner).
  LinalgBuilder::Indices all{linalg.loop(0), linalg.loop(2), linalg.loop(1)},
      rest{linalg.loop(0), linalg.loop(1)},
      broadcast{linalg.loop(0), linalg.loop(2)};
  Type element = type.getElementType();
  Value lowest = linalg.filled(reduced, linalg.lowest(element, false));
  Value maximum =
      linalg.reduce({{x, all}}, {lowest, rest}, 2, 1,
                    [](LinalgBuilder &scalars, ValueRange e) {
                      return scalars.maximum(e[1], e[0], /*isUnsigned=*/false);
                    });
  Value shifted = linalg.map({{x, linalg.loops(0, 3)}, {maximum, broadcast}},
                             whole, [](LinalgBuilder &scalars, ValueRange e) {
                               return scalars.create<arith::SubFOp>(e[0], e[1]);
                             });
  Value powers = linalg.map({{shifted, linalg.loops(0, 3)}}, whole,
                            [](LinalgBuilder &scalars, ValueRange e) {
                              return scalars.create<math::ExpOp>(e[0]);
                            });
  Value zero = linalg.filled(reduced, linalg.zero(element));
  Value sum = linalg.reduce({{powers, all}}, {zero, rest}, 2, 1,
                            [](LinalgBuilder &scalars, ValueRange e) {
                              return scalars.add(e[1], e[0]);
                            });
  Value result = linalg.map(
      {{logarithm ? shifted : powers, linalg.loops(0, 3)}, {sum, broadcast}},
      whole, [&](LinalgBuilder &scalars, ValueRange e) {
        if (logarithm)
          return scalars.create<arith::SubFOp>(
              e[0], scalars.create<math::LogOp>(e[1]));
        return scalars.create<arith::DivFOp>(e[0], e[1]);
      });
  return linalg.reshaped(result, shape);
}

llvm::Error fromCoercedMatrix(ImportedNode &node) {
  node.attributes.set("coerced", node.builder.getI64IntegerAttr(1));
  if (!node.attributes.get("axis"))
    node.attributes.set("axis", node.builder.getI64IntegerAttr(1));
  return llvm::Error::success();
}

} // namespace opml::compiler
