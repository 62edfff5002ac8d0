//===- Opml.h - The opml dialect in C++ -------------------------*- C++ -*-===//

#ifndef OPML_DIALECT_OPML_H
#define OPML_DIALECT_OPML_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

struct ImportedNode;
class LinalgBuilder;

/// Set on a function that is the body of a graph node.
inline constexpr llvm::StringLiteral nodeAttrName = "opml.node";
/// Names the model's inputs and outputs on @main's arguments and results.
inline constexpr llvm::StringLiteral portNameAttrName = "opml.name";

namespace OpTrait {
template <typename Op>
class Elementwise : public mlir::OpTrait::TraitBase<Op, Elementwise> {};
template <typename Op>
class DataMovement : public mlir::OpTrait::TraitBase<Op, DataMovement> {};
template <typename Op>
class View : public mlir::OpTrait::TraitBase<Op, View> {};
template <typename Op>
class Anchor : public mlir::OpTrait::TraitBase<Op, Anchor> {};
} // namespace OpTrait

} // namespace opml::compiler

#include "opml/Dialect/OpmlDialect.h.inc"
#include "opml/Dialect/OpmlInterfaces.h.inc"
#define GET_OP_CLASSES
#include "opml/Dialect/OpmlOps.h.inc"

#endif // OPML_DIALECT_OPML_H
