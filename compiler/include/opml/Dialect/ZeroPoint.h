//===- ZeroPoint.h - Zero points of quantised tensors -----------*- C++ -*-===//

#ifndef OPML_DIALECT_ZEROPOINT_H
#define OPML_DIALECT_ZEROPOINT_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include <optional>

namespace opml::compiler {

/// Reports at `loc`, if given, unless `zeroPoint`, if there is one, has the
/// element type of `tensor` and one element, or a vector of one for each of
/// its `slices`.
mlir::LogicalResult checkZeroPoint(std::optional<mlir::Location> loc,
                                   mlir::Value zeroPoint, mlir::Value tensor,
                                   std::optional<int64_t> slices);

/// Whether it is one number for the whole tensor.
bool isOneNumber(mlir::Value zeroPoint);

} // namespace opml::compiler

#endif // OPML_DIALECT_ZEROPOINT_H
