//===- Access.cpp - How an operand is read along the loops of a nest ------===//

#include "Access.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/IR/BuiltinTypes.h"
#include "opml/Passes/Passes.h"

using namespace mlir;
using opml::Access;
using opml::LoopPoint;

/// The loop whose panel, or whose place in one, the expression is.
static std::optional<unsigned> panelIndex(AffineExpr expr) {
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary || (binary.getKind() != AffineExprKind::FloorDiv &&
                  binary.getKind() != AffineExprKind::Mod))
    return std::nullopt;
  auto loop = dyn_cast<AffineDimExpr>(binary.getLHS());
  auto width = dyn_cast<AffineConstantExpr>(binary.getRHS());
  if (!loop || !width || width.getValue() != opml::panelWidth)
    return std::nullopt;
  return loop.getPosition();
}

static bool isLinear(AffineExpr expr) {
  bool linear = true;
  expr.walk([&](AffineExpr part) {
    AffineExprKind kind = part.getKind();
    linear &= kind != AffineExprKind::FloorDiv &&
              kind != AffineExprKind::CeilDiv && kind != AffineExprKind::Mod;
  });
  return linear;
}

/// The elements by which a step along each loop moves, by the map's values at
/// the origin and one step from it.
static SmallVector<int64_t> stepsAlongLoops(AffineMap map,
                                            ArrayRef<int64_t> strides) {
  auto address = [&](ArrayRef<int64_t> point) {
    int64_t sum = 0;
    for (auto [index, stride] : llvm::zip_equal(map.compose(point), strides))
      sum += index * stride;
    return sum;
  };
  SmallVector<int64_t> point(map.getNumDims(), 0), steps;
  int64_t origin = address(point);
  for (int64_t &loop : point) {
    loop = 1;
    steps.push_back(address(point) - origin);
    loop = 0;
  }
  return steps;
}

std::optional<Access> Access::of(Value buffer, AffineMap map) {
  auto type = cast<MemRefType>(buffer.getType());
  int64_t offset;
  SmallVector<int64_t> strides;
  if (failed(type.getStridesAndOffset(strides, offset)) ||
      (!strides.empty() && strides.back() != 1) ||
      ShapedType::isDynamic(offset) ||
      llvm::any_of(strides, ShapedType::isDynamic) ||
      !type.getElementType().isIntOrFloat() ||
      type.getElementTypeBitWidth() < 8)
    return std::nullopt;
  Access access;
  access.memref = buffer;
  access.map = map;
  for (AffineExpr result : map.getResults()) {
    if (std::optional<unsigned> loop = panelIndex(result)) {
      if (access.panelLoop.value_or(*loop) != *loop)
        return std::nullopt;
      access.panelLoop = loop;
    } else if (!isLinear(result)) {
      return std::nullopt;
    }
  }
  access.strides = stepsAlongLoops(map, strides);
  return access;
}

Type Access::element() const {
  return cast<MemRefType>(memref.getType()).getElementType();
}

AffineExpr Access::at(AffineExpr index, const LoopPoint &point) const {
  MLIRContext *context = map.getContext();
  if (auto loop = panelIndex(index)) {
    int64_t offset = point.offsets[*loop];
    bool isPanel = index.getKind() == AffineExprKind::FloorDiv;
    return index + (isPanel ? offset / panelWidth : offset % panelWidth);
  }
  SmallVector<AffineExpr> loops;
  for (unsigned i = 0; i < map.getNumDims(); ++i) {
    AffineExpr offset = getAffineConstantExpr(point.offsets[i], context);
    loops.push_back(point.variables[i] ? getAffineDimExpr(i, context) + offset
                                       : offset);
  }
  return index.replaceDims(loops);
}

SmallVector<Value> Access::indices(OpBuilder &builder, Location loc,
                                   const LoopPoint &point) const {
  SmallVector<OpFoldResult> variables;
  for (Value variable : point.variables)
    variables.push_back(variable ? OpFoldResult(variable)
                                 : builder.getIndexAttr(0));
  SmallVector<Value> result;
  for (AffineExpr index : map.getResults())
    result.push_back(getValueOrCreateConstantIndexOp(
        builder, loc,
        affine::makeComposedFoldedAffineApply(builder, loc, at(index, point),
                                              variables)));
  return result;
}
