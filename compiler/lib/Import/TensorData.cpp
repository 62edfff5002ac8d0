//===- TensorData.cpp - The bytes of a TensorProto ------------------------===//

#include "TensorData.h"
#include "Types.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

TensorReader::TensorReader(MLIRContext *context, StringRef modelPath)
    : context(context), directory(llvm::sys::path::parent_path(modelPath)) {
  if (directory.empty())
    directory = ".";
}

static std::span<const uint8_t> asBytes(StringRef text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

/// Packs the low `width` bytes of each number of a typed field.
template <typename Field>
static llvm::Expected<TensorData> pack(RankedTensorType type,
                                       const Field &field, unsigned width) {
  int64_t elements = type.getNumElements();
  if (field.size() != elements)
    return createStringError(
        formatv("has {0} elements of data, but its shape has {1}", field.size(),
                elements)
            .str());
  auto storage = std::make_shared<std::vector<uint8_t>>();
  storage->reserve(uint64_t(elements) * width);
  for (auto number : field) {
    auto bits = llvm::bit_cast<std::array<uint8_t, sizeof(number)>>(number);
    storage->insert(storage->end(), bits.begin(), bits.begin() + width);
  }
  std::span<const uint8_t> bytes(*storage);
  return TensorData{type, bytes, std::move(storage)};
}

static llvm::Expected<TensorData> readTyped(const onnx::TensorProto &tensor,
                                            RankedTensorType type) {
  unsigned width = elementBytes(type.getElementType());
  switch (tensor.data_type()) {
  case onnx::TensorProto::FLOAT:
    return pack(type, tensor.float_data(), width);
  case onnx::TensorProto::DOUBLE:
    return pack(type, tensor.double_data(), width);
  case onnx::TensorProto::INT64:
    return pack(type, tensor.int64_data(), width);
  case onnx::TensorProto::UINT32:
  case onnx::TensorProto::UINT64:
    return pack(type, tensor.uint64_data(), width);
  default: // narrower integers, bool, and the bits of 16-bit floats
    return pack(type, tensor.int32_data(), width);
  }
}

llvm::Expected<TensorData> TensorReader::read(const onnx::TensorProto &tensor) {
  Type element = elementType(context, tensor.data_type());
  if (!element)
    return createStringError(
        formatv("has the element type {0}, which is not supported",
                dataTypeName(tensor.data_type()))
            .str());
  if (tensor.has_segment())
    return createStringError("is stored in segments, which is not supported");
  SmallVector<int64_t> shape(tensor.dims().begin(), tensor.dims().end());
  auto bytes = tensorBytes(shape, element);
  if (!bytes)
    return bytes.takeError();
  auto type = RankedTensorType::get(shape, element);
  auto data = [&]() -> llvm::Expected<TensorData> {
    if (tensor.data_location() == onnx::TensorProto::EXTERNAL)
      return readExternal(tensor, type, *bytes);
    if (!tensor.has_raw_data())
      return readTyped(tensor, type);
    if (tensor.raw_data().size() != *bytes)
      return createStringError(
          formatv("has {0} bytes of raw data, but its type has {1}",
                  tensor.raw_data().size(), *bytes)
              .str());
    return TensorData{type, asBytes(tensor.raw_data()), nullptr};
  }();
  if (data && element.isInteger(1) &&
      llvm::any_of(data->bytes, [](uint8_t b) { return b > 1; }))
    return createStringError("has a bool that is neither 0 nor 1");
  return data;
}

llvm::Expected<std::shared_ptr<const llvm::MemoryBuffer>>
TensorReader::mapped(StringRef location) {
  std::shared_ptr<const llvm::MemoryBuffer> &file = files[location];
  if (file)
    return file;
  SmallString<256> path(directory), root, real;
  llvm::sys::path::append(path, location);
  if (auto failed = llvm::sys::fs::real_path(path, real))
    return createStringError(
        formatv("is stored in '{0}': {1}", location, failed.message()).str());
  if (auto failed = llvm::sys::fs::real_path(directory, root))
    return createStringError(
        formatv("is stored beside the model: {0}", failed.message()).str());
  if (llvm::sys::path::is_absolute(location) ||
      !StringRef(real).starts_with(
          (root == "/" ? root.str() : root.str() + "/").str()))
    return createStringError(
        formatv("is stored in '{0}', which is outside the model's directory",
                location)
            .str());
  // Opening a pipe would wait for somebody to write into it.
  if (!llvm::sys::fs::is_regular_file(real))
    return createStringError(
        formatv("is stored in '{0}', which is not a file", location).str());
  auto buffer = llvm::MemoryBuffer::getFile(real, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return createStringError(formatv("is stored in '{0}': {1}", location,
                                     buffer.getError().message())
                                 .str());
  file = std::move(*buffer);
  return file;
}

llvm::Expected<TensorData>
TensorReader::readExternal(const onnx::TensorProto &tensor,
                           RankedTensorType type, uint64_t bytes) {
  StringRef location;
  uint64_t offset = 0;
  std::optional<uint64_t> length;
  for (const onnx::StringStringEntryProto &entry : tensor.external_data()) {
    uint64_t number = 0;
    StringRef value = entry.value();
    if (entry.key() == "location")
      location = value;
    else if (entry.key() != "offset" && entry.key() != "length")
      continue; // "checksum" and keys to come
    else if (value.getAsInteger(10, number))
      return createStringError(
          formatv("has the {0} '{1}' in external data", entry.key(), value)
              .str());
    else if (entry.key() == "offset")
      offset = number;
    else
      length = number;
  }
  if (location.empty())
    return createStringError("is stored outside the model without a location");
  auto file = mapped(location);
  if (!file)
    return file.takeError();
  uint64_t size = (*file)->getBufferSize();
  if (offset > size || bytes > size - offset)
    return createStringError(
        formatv("needs {0} bytes from {1} of '{2}', which has {3}", bytes,
                offset, location, size)
            .str());
  if (length && *length != bytes)
    return createStringError(
        formatv("has {0} bytes of external data, but its type has {1}", *length,
                bytes)
            .str());
  return TensorData{type, asBytes((*file)->getBuffer()).subspan(offset, bytes),
                    *file};
}

} // namespace opml::compiler
