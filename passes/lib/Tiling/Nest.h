//===- Nest.h - A reduction with what comes before and after it -*- C++ -*-===//

#ifndef OPML_PASSES_LIB_TILING_NEST_H
#define OPML_PASSES_LIB_TILING_NEST_H

#include "Access.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace opml {

/// An op of a nest with its operands, inputs first, then the output.
struct NestOp {
  mutable mlir::linalg::LinalgOp op; // a handle, whose methods are not const
  llvm::SmallVector<Access> accesses;

  mlir::Block &body() const { return *op.getBlock(); }
  const Access &output() const { return accesses.back(); }
};

/// A reduction into a buffer that `start`, if there is one, has just filled and
/// `tail`, if there is one, reads element by element next. All three have the
/// reduction's parallel loops, and every output element can be computed from
/// beginning to end without the others.
struct Nest {
  std::optional<NestOp> start, tail;
  NestOp reduction;
  /// The loop along which outputs are contiguous, and one along which those
  /// inputs are the same that vary with the other, if there is one.
  unsigned vectorLoop = 0;
  std::optional<unsigned> rowLoop;

  unsigned parallelLoops() const { return reduction.op.getNumParallelLoops(); }
  llvm::SmallVector<int64_t> ranges() const {
    return reduction.op.getStaticLoopRanges();
  }

  /// The nest of a bufferized op, none if it cannot be computed in vectors.
  static std::optional<Nest> around(mlir::linalg::LinalgOp reduction);
};

} // namespace opml

#endif // OPML_PASSES_LIB_TILING_NEST_H
