//===- Convolution.cpp - What convolutions have in common -----------------===//

#include "opml/Dialect/Convolution.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace opml::compiler {

LogicalResult
Convolution::check(std::optional<Location> loc,
                   std::optional<ArrayRef<int64_t>> kernelShape) const {
  if (x.getRank() < 3 || x.getRank() != w.getRank())
    return emitOptionalError(loc, x, " and ", w,
                             " do not have the same rank of at least 3");
  if (group < 1 || w.getDimSize(0) % group != 0 ||
      x.getDimSize(1) % group != 0 ||
      x.getDimSize(1) / group != w.getDimSize(1))
    return emitOptionalError(loc, "the channels of ", x, " and ", w,
                             " do not fit group ", group);
  if (kernelShape && *kernelShape != w.getShape().drop_front(2))
    return emitOptionalError(loc, "kernel_shape is not that of ", w);
  return success();
}

SmallVector<int64_t> Convolution::resultShape() const {
  SmallVector<int64_t> shape{x.getDimSize(0), w.getDimSize(0)};
  llvm::append_range(shape, window.output);
  return shape;
}

static LinalgBuilder::Indices joined(LinalgBuilder::Indices first,
                                     ArrayRef<AffineExpr> more) {
  llvm::append_range(first, more);
  return first;
}

Value Convolution::sums(LinalgBuilder &linalg, Value x, Value w,
                        ArrayRef<PerChannel> more, Value start, Type element,
                        LinalgBuilder::Body body) const {
  SmallVector<int64_t> shape = resultShape();
  bool grouped = group > 1;
  if (grouped) {
    x = linalg.splitDimension(x, 1, group);
    w = linalg.splitDimension(w, 0, group);
    start = start ? linalg.splitDimension(start, 0, group) : start;
    shape[1] /= group;
    shape.insert(shape.begin() + 1, group);
  }
  unsigned spatial = window.kernel.size(), parallel = shape.size();
  LinalgBuilder::Indices groupIndex = linalg.loops(1, grouped);
  unsigned channel = parallel, outputChannel = 1 + grouped;
  auto type = RankedTensorType::get(shape, element);
  auto channels = joined(groupIndex, linalg.loop(outputChannel));
  Value sums =
      start ? linalg.map({{start, channels}}, type,
                         [](LinalgBuilder &, ValueRange e) { return e[0]; })
            : linalg.filled(type, linalg.zero(element));
  auto indicesX =
      joined(joined({linalg.loop(0)}, groupIndex), linalg.loop(channel));
  llvm::append_range(indicesX,
                     window.indices(linalg, outputChannel + 1, channel + 1));
  SmallVector<LinalgBuilder::Operand> inputs{
      {x, indicesX}, {w, joined(channels, linalg.loops(channel, 1 + spatial))}};
  for (const PerChannel &operand : more) {
    auto rank = cast<RankedTensorType>(operand.tensor.getType()).getRank();
    bool split = grouped && !operand.isOne;
    auto zeros = LinalgBuilder::Indices(
        rank, getAffineConstantExpr(0, element.getContext()));
    inputs.push_back({split ? linalg.splitDimension(operand.tensor, 0, group)
                            : operand.tensor,
                      operand.isOne ? zeros : channels});
  }
  Value result = linalg.reduce(inputs, {sums, linalg.loops(0, parallel)},
                               parallel, 1 + spatial, body);
  return grouped ? linalg.mergeDimensions(result, 1) : result;
}

} // namespace opml::compiler
