//===- Types.cpp - ONNX types as MLIR types -------------------------------===//

#include "Types.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

Type elementType(MLIRContext *context, int dataType) {
  auto integer = [&](unsigned width, bool isUnsigned = false) {
    return IntegerType::get(context, width,
                            isUnsigned ? IntegerType::Unsigned
                                       : IntegerType::Signless);
  };
  switch (dataType) {
  case onnx::TensorProto::BOOL:
    return integer(1);
  case onnx::TensorProto::INT8:
    return integer(8);
  case onnx::TensorProto::INT16:
    return integer(16);
  case onnx::TensorProto::INT32:
    return integer(32);
  case onnx::TensorProto::INT64:
    return integer(64);
  case onnx::TensorProto::UINT8:
    return integer(8, true);
  case onnx::TensorProto::UINT16:
    return integer(16, true);
  case onnx::TensorProto::UINT32:
    return integer(32, true);
  case onnx::TensorProto::UINT64:
    return integer(64, true);
  case onnx::TensorProto::FLOAT16:
    return Float16Type::get(context);
  case onnx::TensorProto::BFLOAT16:
    return BFloat16Type::get(context);
  case onnx::TensorProto::FLOAT:
    return Float32Type::get(context);
  case onnx::TensorProto::DOUBLE:
    return Float64Type::get(context);
  default:
    return {};
  }
}

std::string dataTypeName(int dataType) {
  if (onnx::TensorProto::DataType_IsValid(dataType))
    return onnx::TensorProto::DataType_Name(
        onnx::TensorProto::DataType(dataType));
  return std::to_string(dataType);
}

unsigned elementBytes(Type element) {
  return (element.getIntOrFloatBitWidth() + 7) / 8;
}

llvm::Expected<uint64_t> tensorBytes(ArrayRef<int64_t> shape, Type element) {
  // docs/image-format.md, rule 1. Dimensions of 0 do not make the others
  // harmless: a view may multiply them alone.
  constexpr size_t maxRank = 255;
  if (shape.size() > maxRank)
    return createStringError(
        formatv("has {0} dimensions, more than {1}", shape.size(), maxRank)
            .str());
  int64_t bytes = elementBytes(element);
  bool tooLarge = false;
  for (int64_t size : shape) {
    if (size < 0)
      return createStringError(formatv("has the dimension {0}", size).str());
    if (size > 0)
      tooLarge |= llvm::MulOverflow(bytes, size, bytes) != 0;
  }
  if (tooLarge || bytes > int64_t(1) << 32)
    return createStringError("is larger than the 4 GiB that the VM addresses");
  return llvm::is_contained(shape, 0) ? 0 : bytes;
}

llvm::Expected<DimensionBindings> DimensionBindings::create(
    ArrayRef<std::pair<std::string, int64_t>> dimensions) {
  DimensionBindings result;
  for (const auto &[name, value] : dimensions) {
    if (value < 0)
      return createStringError(
          formatv("--dim {0}={1}: a dimension is not negative", name, value)
              .str());
    if (result.lookup(name))
      return createStringError(formatv("--dim {0} is given twice", name).str());
    result.bindings.push_back({name, value});
  }
  return result;
}

std::optional<int64_t> DimensionBindings::lookup(StringRef name) {
  for (Binding &binding : bindings)
    if (binding.name == name) {
      binding.used = true;
      return binding.value;
    }
  return std::nullopt;
}

llvm::Error DimensionBindings::checkAllUsed() const {
  for (const Binding &binding : bindings)
    if (!binding.used)
      return createStringError(
          formatv("--dim {0}: no input has a dimension of that name",
                  binding.name)
              .str());
  return llvm::Error::success();
}

static llvm::Expected<SmallVector<int64_t>>
inputShape(const onnx::TensorShapeProto &proto, DimensionBindings &dimensions) {
  SmallVector<int64_t> shape;
  SmallVector<std::string> unbound;
  for (const auto &[index, dimension] : llvm::enumerate(proto.dim())) {
    std::optional<int64_t> size;
    if (dimension.has_dim_value())
      size = dimension.dim_value();
    else if (dimension.dim_param().empty())
      return createStringError(formatv("has neither a size nor a name for "
                                       "dimension {0}, so --dim cannot set it",
                                       index)
                                   .str());
    else
      size = dimensions.lookup(dimension.dim_param());
    if (!size && !llvm::is_contained(unbound, dimension.dim_param()))
      unbound.push_back(dimension.dim_param());
    shape.push_back(size.value_or(1));
  }
  if (!unbound.empty())
    return createStringError(
        formatv("has dimensions without a size: give --dim {0}=N",
                llvm::join(unbound, "=N --dim "))
            .str());
  return shape;
}

llvm::Expected<RankedTensorType> inputType(MLIRContext *context,
                                           const onnx::ValueInfoProto &input,
                                           DimensionBindings &dimensions) {
  if (!input.type().has_tensor_type())
    return createStringError("is not a tensor, which is not supported");
  const onnx::TypeProto::Tensor &tensor = input.type().tensor_type();
  Type element = elementType(context, tensor.elem_type());
  if (!element)
    return createStringError(
        formatv("has the element type {0}, which is not supported",
                dataTypeName(tensor.elem_type()))
            .str());
  if (!tensor.has_shape())
    return createStringError("has no shape");
  auto shape = inputShape(tensor.shape(), dimensions);
  if (!shape)
    return shape.takeError();
  if (auto bytes = tensorBytes(*shape, element); !bytes)
    return bytes.takeError();
  return RankedTensorType::get(*shape, element);
}

bool contradicts(const onnx::ValueInfoProto &output, RankedTensorType type) {
  if (!output.type().has_tensor_type())
    return output.has_type() &&
           output.type().value_case() != onnx::TypeProto::VALUE_NOT_SET;
  const onnx::TypeProto::Tensor &tensor = output.type().tensor_type();
  if (tensor.elem_type() != onnx::TensorProto::UNDEFINED &&
      elementType(type.getContext(), tensor.elem_type()) !=
          type.getElementType())
    return true;
  if (!tensor.has_shape())
    return false;
  if (tensor.shape().dim_size() != type.getRank())
    return true;
  for (const auto &[dimension, size] :
       llvm::zip_equal(tensor.shape().dim(), type.getShape()))
    if (dimension.has_dim_value() && dimension.dim_value() != size)
      return true;
  return false;
}

} // namespace opml::compiler
