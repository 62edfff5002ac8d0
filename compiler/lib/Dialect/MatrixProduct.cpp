//===- MatrixProduct.cpp - Products of matrices and their batches ---------===//

#include "opml/Dialect/MatrixProduct.h"
#include "mlir/IR/Diagnostics.h"
#include "opml/Dialect/Broadcasting.h"

using namespace mlir;

namespace opml::compiler {

FailureOr<MatrixProduct> MatrixProduct::compute(std::optional<Location> loc,
                                                RankedTensorType a,
                                                RankedTensorType b) {
  if (a.getRank() == 0 || b.getRank() == 0)
    return emitOptionalError(loc, "a scalar is not a matrix");
  ArrayRef<int64_t> shapeA = a.getShape(), shapeB = b.getShape();
  int64_t innerB = shapeB.size() > 1 ? shapeB[shapeB.size() - 2] : shapeB[0];
  if (shapeA.back() != innerB)
    return emitOptionalError(loc, "the inner dimensions of ", a, " and ", b,
                             " differ");
  MatrixProduct product;
  product.batchA.assign(shapeA.drop_back(std::min<size_t>(shapeA.size(), 2)));
  product.batchB.assign(shapeB.drop_back(std::min<size_t>(shapeB.size(), 2)));
  auto batch = broadcastShapes(product.batchA, product.batchB);
  if (!batch)
    return emitOptionalError(loc, "the batch dimensions of ", a, " and ", b,
                             " do not broadcast");
  product.shape.assign(*batch);
  if (shapeA.size() > 1)
    product.shape.push_back(*(product.rows = shapeA[shapeA.size() - 2]));
  if (shapeB.size() > 1)
    product.shape.push_back(*(product.columns = shapeB.back()));
  return product;
}

std::optional<unsigned> MatrixProduct::rowLoop() const {
  return rows ? std::optional<unsigned>(batchRank()) : std::nullopt;
}
std::optional<unsigned> MatrixProduct::columnLoop() const {
  return columns ? std::optional<unsigned>(shape.size() - 1) : std::nullopt;
}

Value MatrixProduct::sums(LinalgBuilder &linalg, Value a, Value b,
                          ArrayRef<LinalgBuilder::Operand> more, Type element,
                          LinalgBuilder::Body body) const {
  unsigned inner = shape.size();
  ArrayRef<int64_t> batch = ArrayRef(shape).take_front(batchRank());
  MLIRContext *context = element.getContext();
  auto indicesA = broadcastIndices(batchA, batch, context);
  auto indicesB = broadcastIndices(batchB, batch, context);
  if (rows)
    indicesA.push_back(linalg.loop(*rowLoop()));
  indicesA.push_back(linalg.loop(inner));
  indicesB.push_back(linalg.loop(inner));
  if (columns)
    indicesB.push_back(linalg.loop(*columnLoop()));
  SmallVector<LinalgBuilder::Operand> inputs{{a, indicesA}, {b, indicesB}};
  llvm::append_range(inputs, more);
  Value start = linalg.filled(RankedTensorType::get(shape, element),
                              linalg.zero(element));
  return linalg.reduce(inputs, {start, linalg.loops(0, inner)}, inner, 1, body);
}

} // namespace opml::compiler
