//===- Broadcasting.h - NumPy broadcasting of static shapes -----*- C++ -*-===//

#ifndef OPML_DIALECT_BROADCASTING_H
#define OPML_DIALECT_BROADCASTING_H

#include "mlir/IR/AffineMap.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace opml::compiler {

using Shape = llvm::SmallVector<int64_t>;

/// The shape that `a` and `b` broadcast to; nothing if they do not.
std::optional<Shape> broadcastShapes(llvm::ArrayRef<int64_t> a,
                                     llvm::ArrayRef<int64_t> b);

/// Index expressions that read an operand of shape `operand` at a position of
/// the result shape `result`, whose dimensions are loops 0 … rank-1: the loop,
/// or 0 where the operand's dimension is stretched.
llvm::SmallVector<mlir::AffineExpr>
broadcastIndices(llvm::ArrayRef<int64_t> operand,
                 llvm::ArrayRef<int64_t> result, mlir::MLIRContext *context);

} // namespace opml::compiler

#endif // OPML_DIALECT_BROADCASTING_H
