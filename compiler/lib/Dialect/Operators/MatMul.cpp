//===- MatMul.cpp - opml.MatMul -------------------------------------------===//

#include "opml/Dialect/Broadcasting.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "opml/Dialect/Opml.h"

using namespace mlir;
using namespace opml::compiler;

namespace {
/// The operand shapes taken apart: [batch…, rows, inner] and [batch…, inner,
/// columns].
struct Factors {
  ArrayRef<int64_t> batchA, batchB;
  std::optional<int64_t> rows, columns; // absent for a vector
  int64_t innerA, innerB;

  Factors(ArrayRef<int64_t> a, ArrayRef<int64_t> b)
      : batchA(a.drop_back(std::min<size_t>(a.size(), 2))),
        batchB(b.drop_back(std::min<size_t>(b.size(), 2))), innerA(a.back()),
        innerB(b.size() > 1 ? b[b.size() - 2] : b.back()) {
    if (a.size() > 1)
      rows = a[a.size() - 2];
    if (b.size() > 1)
      columns = b.back();
  }
};
} // namespace

LogicalResult MatMulOp::inferReturnTypes(MLIRContext *,
                                         std::optional<Location> loc,
                                         Adaptor adaptor,
                                         SmallVectorImpl<Type> &results) {
  auto a = cast<RankedTensorType>(adaptor.getA().getType());
  auto b = cast<RankedTensorType>(adaptor.getB().getType());
  if (a.getElementType() != b.getElementType())
    return emitOptionalError(loc, "the element types ", a.getElementType(),
                             " and ", b.getElementType(), " differ");
  if (a.getRank() == 0 || b.getRank() == 0)
    return emitOptionalError(loc, "a scalar is not a matrix");
  Factors factors(a.getShape(), b.getShape());
  if (factors.innerA != factors.innerB)
    return emitOptionalError(loc, "the inner dimensions of ", a, " and ", b,
                             " differ");
  auto shape = broadcastShapes(factors.batchA, factors.batchB);
  if (!shape)
    return emitOptionalError(loc, "the batch dimensions of ", a, " and ", b,
                             " do not broadcast");
  if (factors.rows)
    shape->push_back(*factors.rows);
  if (factors.columns)
    shape->push_back(*factors.columns);
  results.push_back(a.clone(*shape));
  return success();
}

SmallVector<Value> MatMulOp::lowerToLinalg(OpBuilder &builder,
                                           ValueRange operands) {
  LinalgBuilder linalg(builder, getLoc());
  auto a = cast<RankedTensorType>(operands[0].getType());
  auto b = cast<RankedTensorType>(operands[1].getType());
  ArrayRef<int64_t> shape = cast<RankedTensorType>(getType()).getShape();
  Factors factors(a.getShape(), b.getShape());
  ArrayRef<int64_t> batch =
      shape.drop_back(factors.rows.has_value() + factors.columns.has_value());

  // Loops: batch…, row, column, inner.
  unsigned inner = shape.size();
  auto indicesA = broadcastIndices(factors.batchA, batch, getContext());
  auto indicesB = broadcastIndices(factors.batchB, batch, getContext());
  if (factors.rows)
    indicesA.push_back(linalg.loop(batch.size()));
  indicesA.push_back(linalg.loop(inner));
  indicesB.push_back(linalg.loop(inner));
  if (factors.columns)
    indicesB.push_back(linalg.loop(inner - 1));

  auto type = RankedTensorType::get(shape, a.getElementType());
  Value start = linalg.filled(type, linalg.zero(a.getElementType()));
  return {linalg.reduce({{operands[0], indicesA}, {operands[1], indicesB}},
                        {start, linalg.loops(0, inner)}, inner, 1,
                        [](LinalgBuilder &scalars, ValueRange e) {
                          return scalars.multiplyAdd(e[0], e[1], e[2]);
                        })};
}
