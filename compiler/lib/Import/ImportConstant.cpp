//===- ImportConstant.cpp - The operator Constant -------------------------===//

#include "Importer.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

/// The scalar and list forms (Constant-12) as the tensor they stand for.
static std::optional<onnx::TensorProto>
asTensor(const onnx::AttributeProto &attribute) {
  onnx::TensorProto tensor;
  const std::string &name = attribute.name();
  auto is = [&](StringRef expected, onnx::AttributeProto::AttributeType type) {
    return name == expected && attribute.type() == type;
  };
  if (is("value_float", onnx::AttributeProto::FLOAT)) {
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    tensor.add_float_data(attribute.f());
  } else if (is("value_floats", onnx::AttributeProto::FLOATS)) {
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    *tensor.mutable_float_data() = attribute.floats();
    tensor.add_dims(attribute.floats_size());
  } else if (is("value_int", onnx::AttributeProto::INT)) {
    tensor.set_data_type(onnx::TensorProto::INT64);
    tensor.add_int64_data(attribute.i());
  } else if (is("value_ints", onnx::AttributeProto::INTS)) {
    tensor.set_data_type(onnx::TensorProto::INT64);
    *tensor.mutable_int64_data() = attribute.ints();
    tensor.add_dims(attribute.ints_size());
  } else {
    return std::nullopt;
  }
  return tensor;
}

llvm::Expected<Value> Importer::importConstant(const onnx::NodeProto &node,
                                               Location loc) {
  if (node.attribute_size() != 1 || node.input_size() != 0 ||
      node.output_size() != 1)
    return createStringError(
        "does not have one attribute, no input and one output");
  const onnx::AttributeProto &attribute = node.attribute(0);
  bool isTensor = attribute.name() == "value" &&
                  attribute.type() == onnx::AttributeProto::TENSOR;
  std::optional<onnx::TensorProto> made = asTensor(attribute);
  if (!isTensor && !made)
    return createStringError(
        formatv("the attribute '{0}' is not supported here", attribute.name())
            .str());
  auto data = tensors.read(isTensor ? attribute.t() : *made);
  if (!data)
    return createStringError("its value " + llvm::toString(data.takeError()));
  return define(node.output(0), *data, loc);
}

} // namespace opml::compiler
