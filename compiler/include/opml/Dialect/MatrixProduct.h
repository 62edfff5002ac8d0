//===- MatrixProduct.h - Products of matrices and their batches -*- C++ -*-===//

#ifndef OPML_DIALECT_MATRIXPRODUCT_H
#define OPML_DIALECT_MATRIXPRODUCT_H

#include "opml/Dialect/LinalgBuilder.h"
#include <optional>

namespace opml::compiler {

/// The shapes of numpy.matmul: [batch…, rows, inner] by [batch…, inner,
/// columns], where a vector on the left has no rows and one on the right no
/// columns.
class MatrixProduct {
public:
  /// Reports at `loc`, if given, what does not fit.
  static mlir::FailureOr<MatrixProduct>
  compute(std::optional<mlir::Location> loc, mlir::RankedTensorType a,
          mlir::RankedTensorType b);

  llvm::SmallVector<int64_t> shape; // of the product
  std::optional<int64_t> rows, columns;

  /// The loops over rows and columns, if there are any.
  std::optional<unsigned> rowLoop() const;
  std::optional<unsigned> columnLoop() const;

  /// Sums that start at zero of `element`. Loops: batch…, row, column, inner.
  /// The body gets elements of a, b and `more`, and the sum.
  mlir::Value sums(LinalgBuilder &linalg, mlir::Value a, mlir::Value b,
                   llvm::ArrayRef<LinalgBuilder::Operand> more,
                   mlir::Type element, LinalgBuilder::Body body) const;

private:
  llvm::SmallVector<int64_t> batchA, batchB;
  size_t batchRank() const {
    return shape.size() - rows.has_value() - columns.has_value();
  }
};

} // namespace opml::compiler

#endif // OPML_DIALECT_MATRIXPRODUCT_H
