//===- Broadcasting.cpp - NumPy broadcasting of static shapes -------------===//

#include "opml/Dialect/Broadcasting.h"
#include "mlir/IR/AffineExpr.h"

using namespace mlir;

namespace opml::compiler {

std::optional<Shape> broadcastShapes(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  Shape result(a);
  size_t offset = a.size() - b.size();
  for (auto [index, size] : llvm::enumerate(b)) {
    int64_t &resultSize = result[offset + index];
    if (resultSize == 1)
      resultSize = size;
    else if (size != 1 && size != resultSize)
      return std::nullopt;
  }
  return result;
}

SmallVector<AffineExpr> broadcastIndices(ArrayRef<int64_t> operand,
                                         ArrayRef<int64_t> result,
                                         MLIRContext *context) {
  SmallVector<AffineExpr> indices;
  size_t offset = result.size() - operand.size();
  for (auto [index, size] : llvm::enumerate(operand)) {
    size_t loop = offset + index;
    indices.push_back(size == result[loop] ? getAffineDimExpr(loop, context)
                                           : getAffineConstantExpr(0, context));
  }
  return indices;
}

} // namespace opml::compiler
