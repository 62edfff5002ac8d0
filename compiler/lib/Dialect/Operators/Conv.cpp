//===- Conv.cpp - opml.Conv -----------------------------------------------===//

#include "opml/Dialect/Opml.h"
#include "opml/Dialect/SlidingWindow.h"

using namespace mlir;
using namespace opml::compiler;

static FailureOr<SlidingWindow> window(std::optional<Location> loc,
                                       ConvOp::Adaptor conv) {
  auto x = cast<RankedTensorType>(conv.getX().getType());
  auto w = cast<RankedTensorType>(conv.getW().getType());
  return SlidingWindow::compute(loc, x.getShape().drop_front(2),
                                {w.getShape().drop_front(2), conv.getAutoPad(),
                                 conv.getStrides(), conv.getDilations(),
                                 conv.getPads()});
}

/// C1, C2, C3 and C6.
static LogicalResult checkShapes(std::optional<Location> loc,
                                 ConvOp::Adaptor conv) {
  auto x = cast<RankedTensorType>(conv.getX().getType());
  auto w = cast<RankedTensorType>(conv.getW().getType());
  if (x.getRank() < 3 || x.getRank() != w.getRank())
    return emitOptionalError(loc, x, " and ", w,
                             " do not have the same rank of at least 3");
  int64_t group = conv.getGroup();
  if (group < 1 || w.getDimSize(0) % group != 0 ||
      x.getDimSize(1) % group != 0 ||
      x.getDimSize(1) / group != w.getDimSize(1))
    return emitOptionalError(loc, "the channels of ", x, " and ", w,
                             " do not fit group ", group);
  if (auto kernel = conv.getKernelShape();
      kernel && *kernel != w.getShape().drop_front(2))
    return emitOptionalError(loc, "kernel_shape is not that of ", w);
  if (Value bias = conv.getB()) {
    auto b = cast<RankedTensorType>(bias.getType());
    if (b.getShape() != w.getShape().take_front(1))
      return emitOptionalError(loc, "B is ", b, ", expected ", w.getDimSize(0),
                               " elements");
  }
  return success();
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *,
                                       std::optional<Location> loc,
                                       Adaptor adaptor,
                                       SmallVectorImpl<Type> &results) {
  if (failed(checkShapes(loc, adaptor)))
    return failure();
  FailureOr<SlidingWindow> geometry = window(loc, adaptor);
  if (failed(geometry))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto w = cast<RankedTensorType>(adaptor.getW().getType());
  SmallVector<int64_t> shape{x.getDimSize(0), w.getDimSize(0)};
  llvm::append_range(shape, geometry->output);
  results.push_back(x.clone(shape));
  return success();
}

/// Loops: image, [group,] output channel, output position…, input channel,
/// kernel position….
SmallVector<Value> ConvOp::lowerToLinalg(OpBuilder &builder,
                                         ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  SlidingWindow geometry = *window(std::nullopt, Adaptor(*this));
  Type element = getType().getElementType();
  Value zero = linalg.zero(element);
  Value x = geometry.pad(linalg, operands[0], zero), w = operands[1];
  Value b = getB() ? operands[2] : Value();
  SmallVector<int64_t> resultShape(getType().getShape());
  int64_t group = getGroup();
  bool grouped = group > 1;
  if (grouped) {
    x = linalg.splitDimension(x, 1, group);
    w = linalg.splitDimension(w, 0, group);
    b = b ? linalg.splitDimension(b, 0, group) : b;
    resultShape[1] /= group;
    resultShape.insert(resultShape.begin() + 1, group);
  }

  unsigned spatial = geometry.kernel.size(), parallel = resultShape.size();
  LinalgBuilder::Indices groupIndex = linalg.loops(1, grouped);
  unsigned channel = parallel, outputChannel = 1 + grouped;
  auto type = RankedTensorType::get(resultShape, element);
  auto indexed = [&](LinalgBuilder::Indices indices,
                     ArrayRef<AffineExpr> more) {
    llvm::append_range(indices, more);
    return indices;
  };
  auto channels = indexed(groupIndex, linalg.loop(outputChannel));
  Value start =
      b ? linalg.map({{b, channels}}, type,
                     [](LinalgBuilder &, ValueRange e) { return e[0]; })
        : linalg.filled(type, zero);
  auto indicesX =
      indexed(indexed({linalg.loop(0)}, groupIndex), linalg.loop(channel));
  llvm::append_range(indicesX,
                     geometry.indices(linalg, outputChannel + 1, channel + 1));
  Value result = linalg.reduce(
      {{x, indicesX},
       {w, indexed(channels, linalg.loops(channel, 1 + spatial))}},
      {start, linalg.loops(0, parallel)}, parallel, 1 + spatial,
      [](LinalgBuilder &scalars, ValueRange e) {
        return scalars.multiplyAdd(e[0], e[1], e[2]);
      });
  return {grouped ? linalg.mergeDimensions(result, 1) : result};
}
