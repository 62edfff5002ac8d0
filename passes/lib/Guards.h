//===- Guards.h - Integer edge cases, written out ---------------*- C++ -*-===//
//
// Built by opml-canonicalize-arith, recognised by opml-verify-canonical: what
// keeps an operation away from the operands for which targets differ.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PASSES_LIB_GUARDS_H
#define OPML_PASSES_LIB_GUARDS_H

#include "mlir/IR/Builders.h"

namespace opml {

/// 1 where `divisor` is 0, or -1 with the least dividend; else `divisor`.
mlir::Value guardDivisor(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value dividend, mlir::Value divisor,
                         bool isSigned);
/// True for a guarded divisor, and for a constant that is none of the above.
bool isGuardedDivisor(mlir::Value dividend, mlir::Value divisor, bool isSigned);

/// `amount` modulo the width of its type.
mlir::Value guardShift(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value amount);
/// True for a guarded amount, and for a constant less than the width.
bool isGuardedShift(mlir::Value amount);

/// `value` where its integer part is in the range of `type`, else 0.
mlir::Value guardConversion(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value value, mlir::IntegerType type,
                            bool isSigned);
/// True if `value` is a guarded operand of a conversion to `type`.
bool isGuardedConversion(mlir::Value value, mlir::IntegerType type,
                         bool isSigned);

} // namespace opml

#endif // OPML_PASSES_LIB_GUARDS_H
