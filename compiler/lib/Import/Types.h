//===- Types.h - ONNX types as MLIR types -----------------------*- C++ -*-===//

#ifndef OPML_LIB_IMPORT_TYPES_H
#define OPML_LIB_IMPORT_TYPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "opml/Import/Onnx.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

/// The MLIR type of a TensorProto::DataType; null if we cannot store it.
mlir::Type elementType(mlir::MLIRContext *context, int dataType);
/// "FLOAT16", or the number if ONNX does not know it.
std::string dataTypeName(int dataType);

/// Bytes of one element in a tensor file; a bool takes one.
unsigned elementBytes(mlir::Type element);
/// Bytes of the whole; an error if a dimension is negative or they exceed the
/// 4 GiB that the VM addresses.
llvm::Expected<uint64_t> tensorBytes(llvm::ArrayRef<int64_t> shape,
                                     mlir::Type element);

/// The symbolic dimensions given with --dim.
class DimensionBindings {
public:
  static llvm::Expected<DimensionBindings>
  create(llvm::ArrayRef<std::pair<std::string, int64_t>> dimensions);
  /// Nothing if `name` is not bound.
  std::optional<int64_t> lookup(llvm::StringRef name);
  /// An error that names a dimension that was bound but never looked up.
  llvm::Error checkAllUsed() const;

private:
  struct Binding {
    std::string name;
    int64_t value;
    bool used = false;
  };
  std::vector<Binding> bindings;
};

/// The static type of a graph input. The error says what is wrong with it, to
/// follow its name, and lists all its unbound dimensions.
llvm::Expected<mlir::RankedTensorType>
inputType(mlir::MLIRContext *context, const onnx::ValueInfoProto &input,
          DimensionBindings &dimensions);

/// Whether a declared output type contradicts `type`. Names and absent parts
/// agree with everything.
bool contradicts(const onnx::ValueInfoProto &output,
                 mlir::RankedTensorType type);

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_TYPES_H
