//===- Softmax.h - What Softmax and LogSoftmax share ------------*- C++ -*-===//

#ifndef OPML_DIALECT_SOFTMAX_H
#define OPML_DIALECT_SOFTMAX_H

#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

/// The operand's type, if `axis` is a dimension of it, counted from the end
/// where it is negative; of a coerced operand it may be the rank too.
mlir::LogicalResult inferSoftmax(std::optional<mlir::Location> loc,
                                 mlir::Value operand, int64_t axis,
                                 bool coerced,
                                 llvm::SmallVectorImpl<mlir::Type> &result);

/// e = exp(x - m) with the maximum m along the axis, s = the sum of the e in
/// ascending order from +0; the result is e / s or, with `logarithm`,
/// (x - m) - log(s). A coerced operand is a matrix, whose columns begin with
/// dimension `axis`.
mlir::Value lowerSoftmax(LinalgBuilder &linalg, mlir::Value operand,
                         int64_t axis, bool coerced, bool logarithm);

/// Before version 13 the operand was coerced to a matrix, by default at
/// dimension 1.
llvm::Error fromCoercedMatrix(ImportedNode &node);

} // namespace opml::compiler

#endif // OPML_DIALECT_SOFTMAX_H
