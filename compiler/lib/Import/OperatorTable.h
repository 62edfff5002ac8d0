//===- OperatorTable.h - What the importer knows of operators ---*- C++ -*-===//
//
// Generated from the operators' .td files by opml-tblgen.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_LIB_IMPORT_OPERATORTABLE_H
#define OPML_LIB_IMPORT_OPERATORTABLE_H

#include "mlir/IR/Builders.h"
#include "opml/Import/Onnx.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

struct ImportedNode;

struct OperatorVersion {
  int64_t since;
  /// Rewrites a node of the version before; null if there is nothing to do.
  llvm::Error (*upgrade)(ImportedNode &node);
};

struct OperatorAttribute {
  llvm::StringRef name;
  onnx::AttributeProto::AttributeType type;
  bool isInFiles; // not one that only an upgrade states
};

/// The operands of an operator that takes as many as there are.
inline constexpr unsigned anyNumber = ~0U;

struct OperatorInfo {
  llvm::StringRef name, domain;
  llvm::ArrayRef<OperatorVersion> versions; // ascending
  llvm::ArrayRef<OperatorAttribute> attributes;
  unsigned requiredOperands, operands, results;
  /// `operands` are null where an optional one is left out.
  /// Checks attributes, infers the result types, creates and verifies the op;
  /// what is wrong is reported at `loc`.
  mlir::FailureOr<mlir::Operation *> (*create)(
      mlir::OpBuilder &builder, mlir::Location loc,
      llvm::ArrayRef<mlir::Value> operands, mlir::DictionaryAttr attributes);
};

/// Null if we do not have the operator.
const OperatorInfo *findOperator(llvm::StringRef domain, llvm::StringRef name);
/// The newest opset version of ai.onnx that the table takes account of.
int64_t newestKnownOpset();

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_OPERATORTABLE_H
