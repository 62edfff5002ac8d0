//===- TensorProto.cpp - ONNX's tensor files ------------------------------===//

#include "TensorFiles.h"
#include <cstring>
#include <onnx/onnx_pb.h>

using namespace opml;
using namespace opml::runtime;
using onnx::TensorProto;

namespace {

struct DataType {
  int onnx;
  ElementType type;
};
constexpr DataType dataTypes[] = {
    {TensorProto::BOOL, ElementType::Bool},
    {TensorProto::INT8, ElementType::Int8},
    {TensorProto::UINT8, ElementType::UInt8},
    {TensorProto::INT16, ElementType::Int16},
    {TensorProto::UINT16, ElementType::UInt16},
    {TensorProto::INT32, ElementType::Int32},
    {TensorProto::UINT32, ElementType::UInt32},
    {TensorProto::INT64, ElementType::Int64},
    {TensorProto::UINT64, ElementType::UInt64},
    {TensorProto::FLOAT16, ElementType::Float16},
    {TensorProto::BFLOAT16, ElementType::BFloat16},
    {TensorProto::FLOAT, ElementType::Float32},
    {TensorProto::DOUBLE, ElementType::Float64}};

template <typename Field>
Expected<std::vector<uint8_t>> narrow(const Field &field, unsigned bytes,
                                      int64_t least, int64_t most) {
  std::vector<uint8_t> result;
  result.reserve(size_t(field.size()) * bytes);
  for (auto element : field) {
    if (int64_t(element) < least || int64_t(element) > most)
      return makeError("element " + std::to_string(element) +
                       " does not fit its type");
    for (unsigned i = 0; i < bytes; ++i)
      result.push_back(uint8_t(uint64_t(element) >> (8 * i)));
  }
  return result;
}

template <typename Field> std::vector<uint8_t> bytesOf(const Field &field) {
  std::vector<uint8_t> result(size_t(field.size()) * sizeof(*field.data()));
  if (!result.empty())
    std::memcpy(result.data(), field.data(), result.size());
  return result;
}

/// The typed field of each element type: onnx.proto, TensorProto. Small
/// integers and the bits of 16-bit floats are widened to int32.
Expected<std::vector<uint8_t>> typedData(const TensorProto &proto,
                                         ElementType type) {
  switch (type) {
  case ElementType::Float32:
    return bytesOf(proto.float_data());
  case ElementType::Float64:
    return bytesOf(proto.double_data());
  case ElementType::Int32:
    return bytesOf(proto.int32_data());
  case ElementType::Int64:
    return bytesOf(proto.int64_data());
  case ElementType::UInt64:
    return bytesOf(proto.uint64_data());
  case ElementType::UInt32:
    return narrow(proto.uint64_data(), 4, 0, UINT32_MAX);
  case ElementType::Bool:
    return narrow(proto.int32_data(), 1, 0, 1);
  case ElementType::Int8:
    return narrow(proto.int32_data(), 1, INT8_MIN, INT8_MAX);
  case ElementType::UInt8:
    return narrow(proto.int32_data(), 1, 0, UINT8_MAX);
  case ElementType::Int16:
    return narrow(proto.int32_data(), 2, INT16_MIN, INT16_MAX);
  case ElementType::UInt16:
  case ElementType::Float16:
  case ElementType::BFloat16:
    return narrow(proto.int32_data(), 2, 0, UINT16_MAX);
  }
}

Expected<TensorType> typeOf(const TensorProto &proto) {
  for (const DataType &known : dataTypes)
    if (known.onnx == proto.data_type()) {
      TensorType type{known.type, {proto.dims().begin(), proto.dims().end()}};
      if (!type.isValid())
        return makeError("impossible shape " + type.str());
      return type;
    }
  return makeError("ONNX element type " + std::to_string(proto.data_type()) +
                   " is not one that a model can take");
}

} // namespace

Expected<Tensor> opml::runtime::readTensorProto(std::span<const uint8_t> file) {
  TensorProto proto;
  if (file.size() > INT32_MAX ||
      !proto.ParseFromArray(file.data(), int(file.size())))
    return makeError("not an ONNX TensorProto, or truncated");
  if (proto.data_location() == TensorProto::EXTERNAL || proto.has_segment())
    return makeError("the tensor's data is not in this file");
  Expected<TensorType> type = typeOf(proto);
  if (!type)
    return tl::unexpected(type.error());
  Tensor tensor{std::move(*type), {}};
  if (proto.has_raw_data()) {
    tensor.bytes.assign(proto.raw_data().begin(), proto.raw_data().end());
  } else {
    Expected<std::vector<uint8_t>> data =
        typedData(proto, tensor.type.elementType);
    if (!data)
      return tl::unexpected(data.error());
    tensor.bytes = std::move(*data);
  }
  if (tensor.bytes.size() != tensor.type.bytes())
    return makeError(std::to_string(tensor.bytes.size()) +
                     " bytes of data where " + tensor.type.str() + " needs " +
                     std::to_string(tensor.type.bytes()));
  return tensor;
}

std::string opml::runtime::writeTensorProto(const Tensor &tensor) {
  TensorProto proto;
  for (int64_t dim : tensor.type.shape)
    proto.add_dims(dim);
  for (const DataType &known : dataTypes)
    if (known.type == tensor.type.elementType)
      proto.set_data_type(known.onnx);
  proto.set_raw_data(tensor.bytes.data(), tensor.bytes.size());
  return proto.SerializeAsString();
}
