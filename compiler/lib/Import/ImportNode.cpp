//===- ImportNode.cpp - One ONNX node as an opml op -----------------------===//

#include "Attributes.h"
#include "Importer.h"
#include "ModelFile.h"
#include "opml/Dialect/ImportedNode.h"
#include "opml/Dialect/Opml.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

/// The node's name, or its first output's; made unique, since it names the node
/// in the image. Inside it stands the name of the value it computes.
Location Importer::location(const onnx::NodeProto &node) {
  std::string output = node.output_size() ? node.output(0) : std::string();
  std::string name = node.name().empty() ? output : node.name();
  if (!nodeNames.insert(name).second) {
    std::string base = name;
    for (unsigned count = 2;
         !nodeNames.insert(name = base + "_" + std::to_string(count)).second;)
      ++count;
  }
  return NameLoc::get(builder.getStringAttr(name),
                      NameLoc::get(builder.getStringAttr(output)));
}

void Importer::importNode(const onnx::NodeProto &node) {
  for (const std::string &output : node.output())
    values[output] = nullptr;
  if (llvm::Error refused = tryImportNode(node)) {
    std::string domain =
        node.domain().empty() ? "" : " of domain " + node.domain();
    refusals.push_back(describeNode(node) + domain + ": " +
                       llvm::toString(std::move(refused)));
  }
}

llvm::Error Importer::tryImportNode(const onnx::NodeProto &node) {
  const OperatorInfo *info = findOperator(node.domain(), node.op_type());
  if (llvm::Error failed = checkOperator(node, info))
    return failed;
  ImportedNode imported{builder, location(node), {}, {}};
  for (const std::string &input : node.input()) {
    Value value = input.empty() ? Value() : values.lookup(input);
    if (!input.empty() && !value)
      return llvm::Error::success(); // its producer has been refused
    imported.operands.push_back(value);
  }
  if (info->name == "Constant") {
    auto constant = importConstant(node, imported.loc);
    if (!constant)
      return constant.takeError();
    values[node.output(0)] = *constant;
    return llvm::Error::success();
  }
  auto attributes = importAttributes(builder.getContext(), node, *info);
  if (!attributes)
    return attributes.takeError();
  imported.attributes = *attributes;
  if (llvm::Error failed = upgrade(imported, *info))
    return failed;
  if (llvm::Error failed = checkSignature(node, imported, *info))
    return failed;
  auto op = create(imported, *info);
  if (!op)
    return op.takeError();
  for (auto [name, result] : llvm::zip(node.output(), (*op)->getResults()))
    values[name] = result;
  return llvm::Error::success();
}

llvm::Error Importer::checkOperator(const onnx::NodeProto &node,
                                    const OperatorInfo *info) const {
  for (const onnx::FunctionProto &function : model.functions())
    if (function.domain() == node.domain() && function.name() == node.op_type())
      return createStringError("model-local functions are not supported");
  if (!info)
    return createStringError("the operator is not supported");
  if (opset < info->versions.front().since)
    return createStringError(
        formatv("the operator does not exist in opset version {0}", opset)
            .str());
  return llvm::Error::success();
}

llvm::Error Importer::upgrade(ImportedNode &imported,
                              const OperatorInfo &info) const {
  for (const OperatorVersion &version : info.versions)
    if (version.since > opset && version.upgrade)
      if (llvm::Error failed = version.upgrade(imported))
        return failed;
  return llvm::Error::success();
}

llvm::Error Importer::checkSignature(const onnx::NodeProto &node,
                                     ImportedNode &imported,
                                     const OperatorInfo &info) const {
  while (!imported.operands.empty() && !imported.operands.back())
    imported.operands.pop_back();
  size_t count = imported.operands.size();
  if (count < info.requiredOperands || count > info.operands)
    return createStringError(formatv("has {0} inputs, expected {1} to {2}",
                                     count, info.requiredOperands,
                                     info.operands)
                                 .str());
  for (unsigned index = 0; index < info.requiredOperands; ++index)
    if (!imported.operands[index])
      return createStringError(formatv("input {0} is missing", index).str());
  for (int index = info.results; index < node.output_size(); ++index)
    if (used.contains(node.output(index)))
      return createStringError(
          formatv("its output {0}, '{1}', is not supported", index,
                  node.output(index))
              .str());
  for (const NamedAttribute &attribute : imported.attributes)
    if (llvm::none_of(info.attributes, [&](const OperatorAttribute &known) {
          return known.name == attribute.getName();
        }))
      return createStringError(formatv("attribute '{0}' is not supported",
                                       attribute.getName().getValue())
                                   .str());
  return llvm::Error::success();
}

/// Why nothing computes with this type yet; empty if something does.
static StringRef notComputable(Type element) {
  if (isa<Float16Type, BFloat16Type, Float64Type>(element))
    return "for which the guest has no soft-float arithmetic";
  return "";
}

llvm::Expected<Operation *> Importer::create(ImportedNode &imported,
                                             const OperatorInfo &info) {
  std::string opName = ("opml." + info.name).str();
  RegisteredOperationName registered =
      *RegisteredOperationName::lookup(opName, builder.getContext());
  if (registered.hasInterface<LowerToLinalg>())
    for (Value operand : imported.operands) {
      if (!operand)
        continue;
      Type element = cast<RankedTensorType>(operand.getType()).getElementType();
      std::string type;
      llvm::raw_string_ostream(type) << element;
      if (StringRef reason = notComputable(element); !reason.empty())
        return createStringError(
            formatv("computes with {0}, {1}", type, reason).str());
    }
  std::string reason;
  FailureOr<Operation *> op;
  {
    ScopedDiagnosticHandler handler(builder.getContext(),
                                    [&](Diagnostic &diagnostic) {
                                      reason = diagnostic.str();
                                      return success();
                                    });
    op = info.create(builder, imported.loc, imported.operands,
                     imported.attributes.getDictionary(builder.getContext()));
  }
  if (failed(op)) {
    // The verifier's own messages start with the op's name, which the caller
    // has given.
    StringRef text = reason;
    (void)text.consume_front("'" + opName + "' op ");
    return createStringError(text);
  }
  for (Value result : (*op)->getResults()) {
    auto type = cast<RankedTensorType>(result.getType());
    if (auto bytes = tensorBytes(type.getShape(), type.getElementType());
        !bytes)
      return createStringError("its result " +
                               llvm::toString(bytes.takeError()));
  }
  return *op;
}

} // namespace opml::compiler
