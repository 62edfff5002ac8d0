//===- Importer.cpp - The graph of a model as @main -----------------------===//

#include "Importer.h"
#include "ModelFile.h"
#include "opml/Dialect/Opml.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using llvm::createStringError;
using llvm::formatv;

namespace opml::compiler {

Importer::Importer(OpBuilder &builder, const onnx::ModelProto &model,
                   StringRef path, int64_t opset, WeightTable &weights)
    : builder(builder), model(model), graph(model.graph()), opset(opset),
      weights(weights), tensors(builder.getContext(), path) {}

llvm::Error Importer::run(DimensionBindings &dimensions) {
  findLiveNodes();
  Location loc = NameLoc::get(
      builder.getStringAttr(graph.name().empty() ? "main" : graph.name()));
  auto function = func::FuncOp::create(builder, loc, "main",
                                       builder.getFunctionType({}, {}));
  builder.setInsertionPointToStart(function.addEntryBlock());
  importInputs(function, dimensions);
  if (llvm::Error failed = dimensions.checkAllUsed())
    return failed;
  if (llvm::Error failed = importInitializers())
    return failed;
  for (const onnx::NodeProto *node : liveNodes)
    importNode(*node);
  return refusals.empty() ? importOutputs(function) : llvm::Error::success();
}

/// From the outputs backwards: what no output depends on is not compiled.
void Importer::findLiveNodes() {
  for (const onnx::ValueInfoProto &output : graph.output())
    used.insert(output.name());
  for (int i = graph.node_size() - 1; i >= 0; --i) {
    const onnx::NodeProto &node = graph.node(i);
    if (llvm::none_of(node.output(), [&](const std::string &name) {
          return used.contains(name);
        }))
      continue;
    liveNodes.push_back(&node);
    for (const std::string &input : node.input())
      if (!input.empty())
        used.insert(input);
  }
  std::reverse(liveNodes.begin(), liveNodes.end());
}

/// Inputs that have an initialiser are constants: in IR versions before 4 every
/// initialiser is listed as an input, from 4 on it is then a default value.
void Importer::importInputs(func::FuncOp function,
                            DimensionBindings &dimensions) {
  llvm::StringSet<> initialized;
  for (const onnx::TensorProto &initializer : graph.initializer())
    initialized.insert(initializer.name());
  for (const onnx::ValueInfoProto &input : graph.input()) {
    if (initialized.contains(input.name())) {
      if (model.ir_version() >= 4)
        notes.push_back(formatv("input '{0}' has a default value, which is "
                                "compiled in: it is no "
                                "input of the image",
                                input.name())
                            .str());
      continue;
    }
    auto type = inputType(builder.getContext(), input, dimensions);
    if (!type) {
      refusals.push_back(formatv("input '{0}' {1}", input.name(),
                                 llvm::toString(type.takeError()))
                             .str());
      values[input.name()] = nullptr;
      continue;
    }
    auto name = builder.getStringAttr(input.name());
    unsigned index = function.getNumArguments();
    auto attributes =
        builder.getDictionaryAttr(builder.getNamedAttr(portNameAttrName, name));
    (void)function.insertArgument(index, *type, attributes, NameLoc::get(name));
    values[input.name()] = function.getArgument(index);
  }
}

llvm::Error Importer::importInitializers() {
  for (const onnx::SparseTensorProto &sparse : graph.sparse_initializer()) {
    refusals.push_back(
        formatv("initialiser '{0}' is sparse, which is not supported",
                sparse.values().name())
            .str());
    values[sparse.values().name()] = nullptr;
  }
  for (const onnx::TensorProto &initializer : graph.initializer()) {
    if (!used.contains(initializer.name()))
      continue;
    auto data = tensors.read(initializer);
    if (!data)
      return createStringError(formatv("initialiser '{0}' {1}",
                                       initializer.name(),
                                       llvm::toString(data.takeError()))
                                   .str());
    Location loc = NameLoc::get(builder.getStringAttr(initializer.name()));
    values[initializer.name()] = define(initializer.name(), *data, loc);
  }
  return llvm::Error::success();
}

Value Importer::define(StringRef name, const TensorData &data, Location loc) {
  constexpr int64_t largestShape = 64;
  weights.add(name, data.bytes);
  if (data.owner)
    weights.keep(data.owner);
  RankedTensorType type = data.type;
  if (!type.getElementType().isSignlessInteger(64) || type.getRank() > 1 ||
      type.getNumElements() > largestShape)
    return WeightOp::create(builder, loc, type, name);
  SmallVector<int64_t> elements(type.getNumElements());
  std::memcpy(elements.data(), data.bytes.data(), data.bytes.size());
  return ConstantOp::create(
      builder, loc, type, name,
      DenseIntElementsAttr::get(type, ArrayRef<int64_t>(elements)));
}

llvm::Error Importer::importOutputs(func::FuncOp function) {
  SmallVector<Value> results;
  SmallVector<DictionaryAttr> attributes;
  for (const onnx::ValueInfoProto &output : graph.output()) {
    Value value = values.lookup(output.name());
    auto type = cast<RankedTensorType>(value.getType());
    if (contradicts(output, type)) {
      std::string computed;
      llvm::raw_string_ostream(computed) << type;
      return createStringError(formatv("output '{0}' is declared with another "
                                       "type than the graph computes: {1}",
                                       output.name(), computed)
                                   .str());
    }
    results.push_back(value);
    attributes.push_back(builder.getDictionaryAttr(builder.getNamedAttr(
        portNameAttrName, builder.getStringAttr(output.name()))));
  }
  func::ReturnOp::create(builder, function.getLoc(), results);
  function.setType(builder.getFunctionType(function.getArgumentTypes(),
                                           ValueRange(results).getTypes()));
  function.setAllResultAttrs(attributes);
  return llvm::Error::success();
}

} // namespace opml::compiler
