//===- ImportedNode.h - An ONNX node on its way to an op --------*- C++ -*-===//
//
// What the version hooks of operators (Since in OpmlBase.td) rewrite, one
// version upwards at a time, before the op is created.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_DIALECT_IMPORTEDNODE_H
#define OPML_DIALECT_IMPORTEDNODE_H

#include "mlir/IR/Builders.h"

namespace opml::compiler {

struct ImportedNode {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  llvm::SmallVector<mlir::Value>
      operands; // null where an optional input is left out
  mlir::NamedAttrList attributes;
};

} // namespace opml::compiler

#endif // OPML_DIALECT_IMPORTEDNODE_H
