//===- MaxPool.cpp - opml.MaxPool -----------------------------------------===//

#include "opml/Dialect/Opml.h"
#include "opml/Dialect/SlidingWindow.h"

using namespace mlir;
using namespace opml::compiler;

static FailureOr<SlidingWindow> window(std::optional<Location> loc,
                                       MaxPoolOp::Adaptor pool) {
  auto x = cast<RankedTensorType>(pool.getX().getType());
  return SlidingWindow::compute(loc, x.getShape().drop_front(2),
                                {pool.getKernelShape(), pool.getAutoPad(),
                                 pool.getStrides(), pool.getDilations(),
                                 pool.getPads(), pool.getCeilMode() != 0});
}

LogicalResult MaxPoolOp::inferReturnTypes(MLIRContext *,
                                          std::optional<Location> loc,
                                          Adaptor adaptor,
                                          SmallVectorImpl<Type> &results) {
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  if (x.getRank() < 3)
    return emitOptionalError(loc, x, " has no spatial dimension");
  FailureOr<SlidingWindow> geometry = window(loc, adaptor);
  if (failed(geometry))
    return failure();
  SmallVector<int64_t> shape(x.getShape().take_front(2));
  llvm::append_range(shape, geometry->output);
  results.push_back(x.clone(shape));
  return success();
}

/// Loops: image, channel, output position…, kernel position….
SmallVector<Value> MaxPoolOp::lowerToLinalg(OpBuilder &builder,
                                            ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  SlidingWindow geometry = *window(std::nullopt, Adaptor(*this));
  auto element = cast<RankedTensorType>(operands[0].getType()).getElementType();
  bool isUnsigned = getType().getElementType().isUnsignedInteger();
  Value lowest = linalg.lowest(element, isUnsigned);
  Value x = geometry.pad(linalg, operands[0], lowest);

  auto type = RankedTensorType::get(getType().getShape(), element);
  unsigned parallel = type.getRank(), spatial = geometry.kernel.size();
  auto indices = linalg.loops(0, 2);
  llvm::append_range(indices, geometry.indices(linalg, 2, parallel));
  // linalg takes the bounds of the kernel loops from a tensor that is never
  // read.
  LinalgBuilder::Operand kernel{linalg.empty(geometry.kernel, element),
                                linalg.loops(parallel, spatial)};
  return {linalg.reduce(
      {{x, indices}, kernel},
      {linalg.filled(type, lowest), linalg.loops(0, parallel)}, parallel,
      spatial, [=](LinalgBuilder &scalars, ValueRange e) {
        return scalars.maximum(e[2], e[0], isUnsigned);
      })};
}
