//===- Reduction.cpp - Reductions over given axes -------------------------===//

#include "opml/Dialect/Reduction.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace opml::compiler {

static bool isEmpty(Value axes) {
  return cast<RankedTensorType>(axes.getType()).getNumElements() == 0;
}

FailureOr<Reduction>
Reduction::compute(std::optional<Location> loc, Value data, Value axesInput,
                   std::optional<ArrayRef<int64_t>> axesAttribute,
                   bool keepsDimensions, bool noop) {
  auto type = cast<RankedTensorType>(data.getType());
  SmallVector<int64_t> given(axesAttribute.value_or(ArrayRef<int64_t>()));
  if (axesInput && !isEmpty(axesInput)) {
    DenseIntElementsAttr constant;
    if (!matchPattern(axesInput, m_Constant(&constant)))
      return emitOptionalError(loc, "the axes are not a constant");
    if (axesAttribute)
      return emitOptionalError(loc, "axes are an operand and an attribute");
    given.assign(constant.value_begin<int64_t>(),
                 constant.value_end<int64_t>());
  }
  int64_t rank = type.getRank();
  Reduction reduction{type, llvm::SmallBitVector(rank, given.empty() && !noop),
                      keepsDimensions};
  for (int64_t axis : given) {
    int64_t dimension = axis < 0 ? axis + rank : axis;
    if (dimension < 0 || dimension >= rank || reduction.axes[dimension])
      return emitOptionalError(loc, "axes [", given,
                               "] are not distinct dimensions of ", type);
    reduction.axes.set(dimension);
  }
  return reduction;
}

SmallVector<int64_t> Reduction::resultShape() const {
  SmallVector<int64_t> shape;
  for (auto [dimension, size] : llvm::enumerate(data.getShape()))
    if (!axes[dimension])
      shape.push_back(size);
    else if (keepsDimensions)
      shape.push_back(1);
  return shape;
}

int64_t Reduction::count() const {
  int64_t count = 1;
  for (unsigned dimension : axes.set_bits())
    count *= data.getDimSize(dimension);
  return count;
}

SmallVector<int64_t> Reduction::dimensions() const {
  return SmallVector<int64_t>(axes.set_bits_begin(), axes.set_bits_end());
}

Value Reduction::lower(LinalgBuilder &linalg, Value operand, Value start,
                       LinalgBuilder::Body body,
                       LinalgBuilder::Body finish) const {
  auto type = cast<RankedTensorType>(operand.getType());
  unsigned rank = type.getRank(), kept = rank - axes.count();
  LinalgBuilder::Indices indices;
  SmallVector<int64_t> shape;
  unsigned nextKept = 0, nextReduced = kept;
  for (auto [dimension, size] : llvm::enumerate(type.getShape())) {
    indices.push_back(
        linalg.loop(axes[dimension] ? nextReduced++ : nextKept++));
    if (!axes[dimension])
      shape.push_back(size);
  }
  RankedTensorType reduced = type.clone(shape);
  Value result =
      linalg.reduce({{operand, indices}},
                    {linalg.filled(reduced, start), linalg.loops(0, kept)},
                    kept, rank - kept, body);
  if (finish)
    result = linalg.map({{result, linalg.loops(0, kept)}}, reduced, finish);
  return linalg.reshaped(result, resultShape());
}

llvm::Error axesToInput(ImportedNode &node) {
  if (Attribute axes = node.attributes.erase("axes"))
    node.attributes.append("dimensions", axes);
  return llvm::Error::success();
}

} // namespace opml::compiler
