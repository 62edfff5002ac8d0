//===- CanonicalOps.h - The allow-lists of canonical operations -*- C++ -*-===//

#ifndef OPML_PASSES_LIB_CANONICALOPS_H
#define OPML_PASSES_LIB_CANONICALOPS_H

#include "mlir/IR/Operation.h"

namespace opml {

/// Empty if the operation is canonical in linalg on tensors, else what is wrong
/// with it.
llvm::StringRef checkLinalgOp(mlir::Operation *op);

/// The same in the LLVM dialect.
llvm::StringRef checkLLVMOp(mlir::Operation *op);

/// The same in the LLVM dialect for a CPU that has vectors, whose lanes are
/// computed with each for itself.
llvm::StringRef checkNativeOp(mlir::Operation *op);

} // namespace opml

#endif // OPML_PASSES_LIB_CANONICALOPS_H
