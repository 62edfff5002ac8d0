//===- VectorAccess.h - Vectors of elements from and to buffers -*- C++ -*-===//

#ifndef OPML_PASSES_LIB_TILING_VECTORACCESS_H
#define OPML_PASSES_LIB_TILING_VECTORACCESS_H

#include "Access.h"
#include "mlir/IR/BuiltinTypes.h"

namespace opml {

/// Where a vector lies: its first lane's point, and the loop that the lanes
/// follow. Only the first `active` lanes are accessed; the others are zero when
/// read.
struct VectorPlace {
  LoopPoint point;
  unsigned loop;
  int64_t lanes, active;
};

mlir::Value readVector(mlir::OpBuilder &builder, mlir::Location loc,
                       const Access &access, const VectorPlace &place);

/// Requires that the access is contiguous along the loop.
void writeVector(mlir::OpBuilder &builder, mlir::Location loc,
                 const Access &access, const VectorPlace &place,
                 mlir::Value vector);

/// `scalar` in every lane.
mlir::Value splat(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::Value scalar, int64_t lanes);

} // namespace opml

#endif // OPML_PASSES_LIB_TILING_VECTORACCESS_H
