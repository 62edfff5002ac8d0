//===- Reduction.h - Reductions over given axes -----------------*- C++ -*-===//

#ifndef OPML_DIALECT_REDUCTION_H
#define OPML_DIALECT_REDUCTION_H

#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

struct Reduction {
  mlir::RankedTensorType data;
  llvm::SmallBitVector axes; // the reduced dimensions
  bool keepsDimensions;

  /// `axesInput`, which has to be a constant or empty, and `axesAttribute` may
  /// be null. Without axes all are reduced, or with `noop` none.
  static mlir::FailureOr<Reduction>
  compute(std::optional<mlir::Location> loc, mlir::Value data,
          mlir::Value axesInput,
          std::optional<llvm::ArrayRef<int64_t>> axesAttribute,
          bool keepsDimensions, bool noop);
  template <typename Op>
  static mlir::FailureOr<Reduction> of(std::optional<mlir::Location> loc,
                                       Op op) {
    return compute(loc, op.getData(), op.getAxes(), op.getDimensions(),
                   op.getKeepdims() != 0, op.getNoopWithEmptyAxes() != 0);
  }

  llvm::SmallVector<int64_t> resultShape() const;
  /// How many elements go into one.
  int64_t count() const;
  llvm::SmallVector<int64_t> dimensions() const;

  /// From `start` on, `body` with every element in row-major order and last
  /// the value so far; then `finish`, if it is given, of the result's elements.
  mlir::Value lower(LinalgBuilder &linalg, mlir::Value operand,
                    mlir::Value start, LinalgBuilder::Body body,
                    LinalgBuilder::Body finish = nullptr) const;
};

/// The operand of axes becomes an attribute: an operand would become a weight.
template <typename Op> mlir::OpFoldResult foldAxes(Op op) {
  if (!op.getAxes())
    return {};
  auto reduction = Reduction::of(std::nullopt, op);
  if (mlir::failed(reduction))
    return {};
  op.setDimensions(reduction->dimensions());
  op.setNoopWithEmptyAxes(1);
  op.getAxesMutable().clear();
  return op.getResult();
}

/// Before, `axes` was an attribute, here `dimensions`.
llvm::Error axesToInput(ImportedNode &node);

} // namespace opml::compiler

#endif // OPML_DIALECT_REDUCTION_H
