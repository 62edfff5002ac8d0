//===- Attributes.h - ONNX attributes as MLIR attributes --------*- C++ -*-===//

#ifndef OPML_LIB_IMPORT_ATTRIBUTES_H
#define OPML_LIB_IMPORT_ATTRIBUTES_H

#include "OperatorTable.h"

namespace opml::compiler {

/// The attributes of `node`, each of the type its operator gives it where the
/// newest version has it. The error says what is not supported.
llvm::Expected<mlir::NamedAttrList>
importAttributes(mlir::MLIRContext *context, const onnx::NodeProto &node,
                 const OperatorInfo &info);

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_ATTRIBUTES_H
