//===- LayerNormalization.cpp - opml.LayerNormalization -------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/Opml.h"
#include "opml/Dialect/Reduction.h"

using namespace mlir;
using namespace opml::compiler;

/// The sums over the normalised dimensions.
static FailureOr<Reduction> normalised(std::optional<Location> loc,
                                       RankedTensorType x, int64_t axis) {
  int64_t first = axis < 0 ? axis + x.getRank() : axis;
  if (first < 0 || first >= x.getRank())
    return emitOptionalError(loc, "axis ", axis, " is not a dimension of ", x);
  Reduction reduction{x, llvm::SmallBitVector(x.getRank()),
                      /*keepsDimensions=*/true};
  reduction.axes.set(first, x.getRank());
  return reduction;
}

LogicalResult LayerNormalizationOp::inferReturnTypes(
    MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
    SmallVectorImpl<Type> &results) {
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto reduction = normalised(loc, x, adaptor.getAxis());
  if (failed(reduction))
    return failure();
  for (Value operand : adaptor.getOperands().drop_front()) {
    auto type = cast<RankedTensorType>(operand.getType());
    auto shape = broadcastShapes(x.getShape(), type.getShape());
    if (!shape || ArrayRef<int64_t>(*shape) != x.getShape())
      return emitOptionalError(loc, type, " does not broadcast to ", x);
  }
  if (adaptor.getStashType() != 1)
    return emitOptionalError(loc, "stash_type is ", adaptor.getStashType(),
                             ", not 1");
  Type perSlice = x.clone(reduction->resultShape());
  results.assign({x, perSlice, perSlice});
  return success();
}

SmallVector<Value> LayerNormalizationOp::lowerToLinalg(OpBuilder &builder,
                                                       ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  auto x = cast<RankedTensorType>(operands[0].getType());
  Reduction reduction = *normalised(std::nullopt, x, getAxis());
  Value zero = linalg.zero(x.getElementType());
  auto divided = [&](LinalgBuilder &scalars, Value sum) {
    return scalars.create<arith::DivFOp>(
        sum, scalars.floatConstant(reduction.count()));
  };
  Value mean = reduction.lower(
      linalg, operands[0], zero,
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.add(e[1], e[0]);
      },
      [&](LinalgBuilder &scalars, ValueRange e) {
        return divided(scalars, e[0]);
      });
  auto read = [&](Value tensor) -> LinalgBuilder::Operand {
    return {tensor, broadcastIndices(
                        cast<RankedTensorType>(tensor.getType()).getShape(),
                        x.getShape(), builder.getContext())};
  };
  Value centred = linalg.map({read(operands[0]), read(mean)}, x,
                             [](LinalgBuilder &scalars, ValueRange e) {
                               return scalars.subtract(e[0], e[1]);
                             });
  Value inverse = reduction.lower(
      linalg, centred, zero,
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.multiplyAdd(e[0], e[0], e[1]);
      },
      [&](LinalgBuilder &scalars, ValueRange e) {
        Value variance =
            scalars.add(divided(scalars, e[0]),
                        scalars.floatConstant(getEpsilon().convertToFloat()));
        return scalars.create<arith::DivFOp>(
            scalars.floatConstant(1), scalars.create<math::SqrtOp>(variance));
      });
  SmallVector<LinalgBuilder::Operand> inputs{read(centred), read(inverse)};
  for (Value operand : operands.drop_front())
    inputs.push_back(read(operand));
  Value y = linalg.map(inputs, x, [&](LinalgBuilder &scalars, ValueRange e) {
    Value scaled = scalars.multiply(scalars.multiply(e[0], e[1]), e[2]);
    return getB() ? scalars.add(scaled, e[3]) : scaled;
  });
  return {y, mean, inverse};
}
