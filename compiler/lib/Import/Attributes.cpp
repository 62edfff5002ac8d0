//===- Attributes.cpp - ONNX attributes as MLIR attributes ----------------===//

#include "Attributes.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

/// Null for what no operator of ours takes: tensors, graphs, types and lists of
/// them.
static Attribute importAttribute(Builder builder,
                                 const onnx::AttributeProto &attribute) {
  switch (attribute.type()) {
  case onnx::AttributeProto::INT:
    return builder.getI64IntegerAttr(attribute.i());
  case onnx::AttributeProto::FLOAT:
    return builder.getF32FloatAttr(attribute.f());
  case onnx::AttributeProto::STRING:
    return builder.getStringAttr(attribute.s());
  case onnx::AttributeProto::INTS:
    return builder.getDenseI64ArrayAttr(
        SmallVector<int64_t>(attribute.ints().begin(), attribute.ints().end()));
  case onnx::AttributeProto::FLOATS:
    return builder.getDenseF32ArrayAttr(SmallVector<float>(
        attribute.floats().begin(), attribute.floats().end()));
  default:
    return {};
  }
}

static std::string typeName(int type) {
  if (onnx::AttributeProto::AttributeType_IsValid(type))
    return onnx::AttributeProto::AttributeType_Name(
        onnx::AttributeProto::AttributeType(type));
  return std::to_string(type);
}

llvm::Expected<NamedAttrList> importAttributes(MLIRContext *context,
                                               const onnx::NodeProto &node,
                                               const OperatorInfo &info) {
  NamedAttrList attributes;
  for (const onnx::AttributeProto &attribute : node.attribute()) {
    const std::string &name = attribute.name();
    if (name.empty() || attributes.get(name))
      return createStringError(
          formatv("attribute '{0}' is given twice or unnamed", name).str());
    if (!attribute.ref_attr_name().empty())
      return createStringError(
          formatv("attribute '{0}' refers to a function's, outside of one",
                  name)
              .str());
    const auto *known =
        llvm::find_if(info.attributes, [&](const OperatorAttribute &other) {
          return other.name == name;
        });
    if (known != info.attributes.end() && !known->isInFiles)
      return createStringError(
          formatv("attribute '{0}' is not supported", name).str());
    if (known != info.attributes.end() && known->type != attribute.type())
      return createStringError(
          formatv("attribute '{0}' has the type {1}, expected {2}", name,
                  typeName(attribute.type()), typeName(known->type))
              .str());
    Attribute imported = importAttribute(Builder(context), attribute);
    if (!imported)
      return createStringError(
          formatv("attribute '{0}' has the type {1}, which is not supported",
                  name, typeName(attribute.type()))
              .str());
    attributes.append(name, imported);
  }
  return attributes;
}

} // namespace opml::compiler
