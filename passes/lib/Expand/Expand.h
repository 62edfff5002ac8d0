//===- Expand.h - Float operations as canonical arithmetic ------*- C++ -*-===//

#ifndef OPML_PASSES_LIB_EXPAND_EXPAND_H
#define OPML_PASSES_LIB_EXPAND_EXPAND_H

#include "mlir/IR/Operation.h"

namespace opml::expand {

/// Builds, in front of a binary32 operation that is not canonical, its
/// expansion into operations that are; null if it has none.
mlir::Value expandFloatOp(mlir::Operation *op);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_EXPAND_H
