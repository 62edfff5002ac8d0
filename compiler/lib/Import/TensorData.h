//===- TensorData.h - The bytes of a TensorProto ----------------*- C++ -*-===//

#ifndef OPML_LIB_IMPORT_TENSORDATA_H
#define OPML_LIB_IMPORT_TENSORDATA_H

#include "mlir/IR/BuiltinTypes.h"
#include "opml/Import/Onnx.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <span>

namespace opml::compiler {

/// A tensor's elements, little-endian and row-major.
struct TensorData {
  mlir::RankedTensorType type;
  std::span<const uint8_t> bytes;
  std::shared_ptr<const void> owner; // null if the bytes are the message's own
};

class TensorReader {
public:
  /// External data is looked for beside the model file.
  TensorReader(mlir::MLIRContext *context, llvm::StringRef modelPath);

  /// The error says what is wrong with the tensor, to follow its name.
  llvm::Expected<TensorData> read(const onnx::TensorProto &tensor);

private:
  llvm::Expected<TensorData> readExternal(const onnx::TensorProto &tensor,
                                          mlir::RankedTensorType type,
                                          uint64_t bytes);
  llvm::Expected<std::shared_ptr<const llvm::MemoryBuffer>>
  mapped(llvm::StringRef location);

  mlir::MLIRContext *context;
  std::string directory;
  llvm::StringMap<std::shared_ptr<const llvm::MemoryBuffer>> files;
};

} // namespace opml::compiler

#endif // OPML_LIB_IMPORT_TENSORDATA_H
