//===- Tensor.h - Host tensors and their files ------------------*- C++ -*-===//
//
// A tensor on the host: element type, static shape and little-endian row-major
// bytes, exactly the bytes it has in the model file and in VM memory. Read
// from and written to .npy (NumPy format 1.0-3.0, C order) and ONNX
// TensorProto .pb, chosen by the file's extension.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_TENSOR_H
#define OPML_RUNTIME_TENSOR_H

#include "opml/vm/Error.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace opml::runtime {

/// Element types an image may hold; names are NumPy's ("float32", …).
enum class ElementType : uint8_t {
  Bool,
  Int8,
  UInt8,
  Int16,
  UInt16,
  Int32,
  UInt32,
  Int64,
  UInt64,
  Float16,
  BFloat16,
  Float32,
  Float64
};

unsigned elementBytes(ElementType type);
std::string_view elementTypeName(ElementType type);
Expected<ElementType> parseElementType(std::string_view name);

struct TensorType {
  ElementType elementType = ElementType::Float32;
  std::vector<int64_t> shape; // every dimension >= 0; empty for a scalar

  static constexpr size_t maxRank = 255;
  static constexpr uint64_t maxBytes = uint64_t(1) << 32;

  /// False if a dimension is negative, or rank or size exceed the above. The
  /// functions below require it; readers check it for what they read.
  bool isValid() const;
  int64_t elements() const;
  uint64_t bytes() const {
    return uint64_t(elements()) * elementBytes(elementType);
  }
  /// "float32[1,28,28]"
  std::string str() const;
  bool operator==(const TensorType &) const = default;
};

struct Tensor {
  TensorType type;
  std::vector<uint8_t> bytes; // type.bytes() bytes
};

class AtomicFile;

/// Errors name the file and say what is wrong with it.
Expected<Tensor> readTensor(const std::string &path);
/// Writes atomically (temporary file, then rename); nothing is left
/// half-written.
Expected<void> writeTensor(const std::string &path, const Tensor &tensor);
/// Writes to a file created beforehand, in the format of its name; the caller
/// commits it.
Expected<void> writeTensor(AtomicFile &file, const Tensor &tensor);

} // namespace opml::runtime

#endif // OPML_RUNTIME_TENSOR_H
