//===- TileKernel.h - The code of one tile of outputs -----------*- C++ -*-===//

#ifndef OPML_PASSES_LIB_TILING_TILEKERNEL_H
#define OPML_PASSES_LIB_TILING_TILEKERNEL_H

#include "Nest.h"

namespace opml {

/// A tile: `rows` outputs along the nest's row loop times `columns` along its
/// vector loop, in vectors of `lanes`, the last of which may be a part of one.
struct TileSize {
  int64_t rows, columns, lanes;
  int64_t vectors() const { return (columns + lanes - 1) / lanes; }
};

/// A part of the outermost reduction loop. Between two parts, accumulators wait
/// in the reduction's buffer, which holds them exactly.
struct ReductionPart {
  mlir::Value begin; // null for 0
  int64_t steps;
  bool isFirst, isLast;
};

/// Emits the code that computes the tile of a nest whose first output is at
/// `origin`, one index for each parallel loop. Every output has one accumulator
/// in a register, and the reduction loops run in the nest's order.
void emitTile(mlir::OpBuilder &builder, const Nest &nest,
              llvm::ArrayRef<mlir::Value> origin, TileSize size,
              const ReductionPart &part);

} // namespace opml

#endif // OPML_PASSES_LIB_TILING_TILEKERNEL_H
