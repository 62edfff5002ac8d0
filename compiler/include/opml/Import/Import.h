//===- Import.h - From an ONNX file to the opml dialect ---------*- C++ -*-===//

#ifndef OPML_IMPORT_IMPORT_H
#define OPML_IMPORT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "opml/Import/WeightTable.h"
#include "llvm/Support/Error.h"
#include <string>
#include <utility>
#include <vector>

namespace opml::compiler {

struct ImportOptions {
  /// Values of symbolic dimensions (--dim NAME=N).
  std::vector<std::pair<std::string, int64_t>> dimensions;
};

struct ImportedModel {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  WeightTable weights;
  std::vector<std::string> warnings;
};

/// Loads the opml and func dialects into `context` and builds the opml stage
/// (docs/architecture.md) of the model in file `path`: @main with one op per
/// node that an output depends on. The error message is one line that starts
/// with the path, except that unsupported nodes are listed one to a line.
llvm::Expected<ImportedModel> importModel(mlir::MLIRContext &context,
                                          llvm::StringRef path,
                                          const ImportOptions &options);

/// The model as text, without the bytes of its tensors.
llvm::Expected<std::string> printModel(llvm::StringRef path);

} // namespace opml::compiler

#endif // OPML_IMPORT_IMPORT_H
