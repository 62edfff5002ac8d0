//===- Elementwise.h - What elementwise operators share ---------*- C++ -*-===//

#ifndef OPML_DIALECT_ELEMENTWISE_H
#define OPML_DIALECT_ELEMENTWISE_H

#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/LinalgBuilder.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

/// The result type: the operands have one element type, and their shapes
/// broadcast to the result's.
mlir::LogicalResult inferElementwise(std::optional<mlir::Location> loc,
                                     mlir::ValueRange operands,
                                     llvm::SmallVectorImpl<mlir::Type> &result);

/// The result type: the operands' shapes broadcast to its, whose elements are
/// `element`.
mlir::LogicalResult inferBroadcast(std::optional<mlir::Location> loc,
                                   mlir::ValueRange operands,
                                   mlir::Type element,
                                   llvm::SmallVectorImpl<mlir::Type> &result);

/// As inferElementwise, with bool elements.
mlir::LogicalResult inferPredicate(std::optional<mlir::Location> loc,
                                   mlir::ValueRange operands,
                                   llvm::SmallVectorImpl<mlir::Type> &result);

/// One linalg.generic over the result's elements. `operands` are those of `op`
/// without signedness.
llvm::SmallVector<mlir::Value> lowerElementwise(mlir::Operation *op,
                                                mlir::OpBuilder &builder,
                                                mlir::ValueRange operands,
                                                LinalgBuilder::Body body);

/// True if the elements of a tensor are unsigned integers.
bool isUnsignedTensor(mlir::Value tensor);
bool isBoolTensor(mlir::Value tensor);

//===----------------------------------------------------------------------===//
// Version hooks of several operators (SinceShared in OpmlBase.td)
//===----------------------------------------------------------------------===//

/// The attribute `consumed_inputs`, a hint for in-place execution, is gone.
llvm::Error dropConsumedInputs(ImportedNode &node);

/// Before, the second operand broadcast only if the attribute `broadcast` said
/// so, and its first dimension was aligned with dimension `axis` of the first
/// (default: its last with the last of the first).
llvm::Error toNumpyBroadcasting(ImportedNode &node);

/// Before, all operands had one shape.
llvm::Error fromEqualShapes(ImportedNode &node);

} // namespace opml::compiler

#endif // OPML_DIALECT_ELEMENTWISE_H
