//===- Transpose.cpp - opml.Transpose -------------------------------------===//

#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

static SmallVector<int64_t> permutation(TransposeOp::Adaptor op) {
  if (auto perm = op.getPerm())
    return SmallVector<int64_t>(*perm);
  int64_t rank = cast<RankedTensorType>(op.getData().getType()).getRank();
  return llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(rank)));
}

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *,
                                            std::optional<Location> loc,
                                            Adaptor adaptor,
                                            SmallVectorImpl<Type> &results) {
  auto data = cast<RankedTensorType>(adaptor.getData().getType());
  SmallVector<int64_t> perm = permutation(adaptor);
  if (int64_t(perm.size()) != data.getRank() || !isPermutationVector(perm))
    return emitOptionalError(loc, "perm [", perm,
                             "] is not a permutation of the dimensions of ",
                             data);
  results.push_back(
      data.clone(applyPermutation(data.getShape(), ArrayRef<int64_t>(perm))));
  return success();
}

SmallVector<Value> TransposeOp::lowerToLinalg(OpBuilder &builder,
                                              ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  LinalgBuilder::Indices indices(getType().getRank());
  for (auto [position, from] : llvm::enumerate(permutation(*this)))
    indices[from] = linalg.loop(position);
  auto data = cast<RankedTensorType>(operands[0].getType());
  return {linalg.map(
      {{operands[0], indices}}, data.clone(getType().getShape()),
      [](LinalgBuilder &, ValueRange elements) { return elements[0]; })};
}
