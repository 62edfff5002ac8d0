//===- ModelFile.cpp - Reading and checking an ONNX file ------------------===//

#include "ModelFile.h"
#include "opml/Import/Import.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include <google/protobuf/text_format.h>

using namespace llvm;

namespace opml::compiler {

template <typename... Args>
static llvm::Error error(const char *format, Args &&...args) {
  return createStringError(formatv(format, std::forward<Args>(args)...).str());
}

Expected<std::shared_ptr<const onnx::ModelProto>>
readModelFile(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return error("{0}: {1}", path, buffer.getError().message());
  StringRef bytes = (*buffer)->getBuffer();
  if (bytes.empty())
    return error("{0}: the file is empty", path);
  if (bytes.size() > INT32_MAX)
    return error(
        "{0}: protobuf files end at 2 GiB; store the weights as external data",
        path);
  // What protobuf would log about a damaged file goes into our message instead.
  google::protobuf::LogSilencer silence;
  auto model = std::make_shared<onnx::ModelProto>();
  if (!model->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return error("{0}: not an ONNX model: its protobuf is damaged or cut short",
                 path);
  if (!model->has_ir_version() || model->ir_version() < 1)
    return error("{0}: not an ONNX model: it has no IR version", path);
  if (!model->has_graph())
    return error("{0}: the model has no graph", path);
  return model;
}

Expected<int64_t> opsetVersion(const onnx::ModelProto &model) {
  std::optional<int64_t> version;
  StringSet<> domains;
  for (const onnx::OperatorSetIdProto &opset : model.opset_import()) {
    StringRef domain =
        opset.domain() == "ai.onnx" ? StringRef() : StringRef(opset.domain());
    if (!domains.insert(domain).second)
      return error("opset_import names the domain '{0}' twice", opset.domain());
    if (domain.empty())
      version = opset.version();
  }
  if (!version)
    return error("opset_import names no version of ai.onnx");
  return *version;
}

std::string describeNode(const onnx::NodeProto &node) {
  if (!node.name().empty())
    return formatv("{0} node '{1}'", node.op_type(), node.name());
  for (const std::string &output : node.output())
    if (!output.empty())
      return formatv("{0} node of output '{1}'", node.op_type(), output);
  return formatv("{0} node without name and outputs", node.op_type());
}

static Error checkNode(const onnx::NodeProto &node, StringSet<> &defined,
                       const StringMap<const onnx::NodeProto *> &producers) {
  if (node.op_type().empty())
    return error("{0} has no operator", describeNode(node));
  for (const std::string &input : node.input()) {
    if (input.empty() || defined.contains(input))
      continue;
    if (const onnx::NodeProto *later = producers.lookup(input))
      return error("{0} reads '{1}' before {2} computes it: the graph is not "
                   "sorted or has a cycle",
                   describeNode(node), input, describeNode(*later));
    return error("{0} reads '{1}', which nothing defines", describeNode(node),
                 input);
  }
  for (const std::string &output : node.output())
    if (!output.empty() && !defined.insert(output).second)
      return error("{0} defines '{1}', which is already defined",
                   describeNode(node), output);
  return Error::success();
}

Error checkNames(const onnx::GraphProto &graph) {
  StringSet<> defined, initializers;
  for (const onnx::ValueInfoProto &input : graph.input())
    if (input.name().empty())
      return error("an input has no name");
    else if (!defined.insert(input.name()).second)
      return error("two inputs are named '{0}'", input.name());
  auto addInitializer = [&](StringRef name) -> Error {
    if (name.empty())
      return error("an initialiser has no name");
    if (!initializers.insert(name).second)
      return error("two initialisers are named '{0}'", name);
    defined.insert(name);
    return Error::success();
  };
  for (const onnx::TensorProto &initializer : graph.initializer())
    if (Error failed = addInitializer(initializer.name()))
      return failed;
  for (const onnx::SparseTensorProto &initializer : graph.sparse_initializer())
    if (Error failed = addInitializer(initializer.values().name()))
      return failed;
  StringMap<const onnx::NodeProto *> producers;
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &output : node.output())
      producers.try_emplace(output, &node);
  for (const onnx::NodeProto &node : graph.node())
    if (Error failed = checkNode(node, defined, producers))
      return failed;
  if (graph.output().empty())
    return error("the graph has no outputs");
  StringSet<> outputs;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    if (!defined.contains(output.name()))
      return error("output '{0}' is defined by nothing", output.name());
    if (!outputs.insert(output.name()).second)
      return error("two outputs are named '{0}'", output.name());
  }
  return Error::success();
}

Expected<std::string> printModel(StringRef path) {
  auto file = readModelFile(path);
  if (!file)
    return file.takeError();
  onnx::ModelProto model = **file;
  for (onnx::TensorProto &tensor :
       *model.mutable_graph()->mutable_initializer()) {
    onnx::TensorProto header;
    header.set_name(tensor.name());
    header.set_data_type(tensor.data_type());
    *header.mutable_dims() = tensor.dims();
    tensor = header;
  }
  std::string text;
  google::protobuf::TextFormat::PrintToString(model, &text);
  return text;
}

} // namespace opml::compiler
