//===- Graph.cpp - The outlined graph as data -----------------------------===//

#include "opml/Image/Graph.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "opml/Dialect/Opml.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace opml::compiler;
namespace runtime = opml::runtime;

namespace {

runtime::ElementType elementType(Type type) {
  using runtime::ElementType;
  if (type.isF16())
    return ElementType::Float16;
  if (type.isBF16())
    return ElementType::BFloat16;
  if (type.isF32())
    return ElementType::Float32;
  if (type.isF64())
    return ElementType::Float64;
  bool isUnsigned = type.isUnsignedInteger();
  switch (type.getIntOrFloatBitWidth()) {
  case 1:
    return ElementType::Bool;
  case 8:
    return isUnsigned ? ElementType::UInt8 : ElementType::Int8;
  case 16:
    return isUnsigned ? ElementType::UInt16 : ElementType::Int16;
  case 32:
    return isUnsigned ? ElementType::UInt32 : ElementType::Int32;
  default:
    return isUnsigned ? ElementType::UInt64 : ElementType::Int64;
  }
}

runtime::TensorType tensorType(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return {elementType(tensor.getElementType()), tensor.getShape().vec()};
}

class GraphReader {
public:
  explicit GraphReader(func::FuncOp main) : main(main) {}

  llvm::Expected<Graph> read() {
    Block &block = main.getBody().front();
    // The order of the image: weights, inputs, activations.
    // A weight keeps the name by which its bytes are found; its panels have
    // that name with them, and may need another.
    for (bool packed : {false, true})
      for (auto weight : block.getOps<WeightOp>())
        if (!weight->use_empty() && weight.getPanels().has_value() == packed)
          addWeight(weight);
    for (BlockArgument argument : block.getArguments()) {
      StringRef name = portName(main.getArgAttrDict(argument.getArgNumber()),
                                "input", argument.getArgNumber());
      addValue(argument, runtime::Value::Kind::Input, name);
      graph.inputs.push_back(port(argument, name));
    }
    for (Operation &op : block.without_terminator())
      if (llvm::Error error = readOp(op))
        return error;
    auto results = block.getTerminator()->getOperands();
    for (auto [index, result] : llvm::enumerate(results))
      graph.outputs.push_back(port(
          result, portName(main.getResultAttrDict(index), "output", index)));
    return std::move(graph);
  }

private:
  llvm::Error readOp(Operation &op) {
    if (auto view = dyn_cast<ViewOp>(op))
      indices[view.getResult()] = indices.lookup(view.getInput());
    else if (auto call = dyn_cast<CallOp>(op))
      readCall(call);
    else if (!isa<WeightOp>(op))
      return llvm::createStringError(
          "@main still holds '" + op.getName().getStringRef() +
          "'; the graph has not been cut into nodes");
    return llvm::Error::success();
  }

  void readCall(CallOp call) {
    GraphNode node;
    node.name = call.getNode().str();
    node.function = call.getCallee().str();
    for (Attribute name : call.getOperators())
      node.operators.push_back(cast<StringAttr>(name).getValue().str());
    for (Value operand : call.getOperands())
      node.operands.push_back(indices.lookup(operand));
    for (auto [index, result] : llvm::enumerate(call.getResults())) {
      addValue(result, runtime::Value::Kind::Activation,
               activationName(call, index));
      node.results.push_back(indices.lookup(result));
    }
    graph.nodes.push_back(std::move(node));
  }

  /// The ONNX value's name from the location, where a call has one result; else
  /// the node's with a number.
  static std::string activationName(CallOp call, unsigned index) {
    auto node = dyn_cast<NameLoc>(call.getLoc());
    auto value = node ? dyn_cast<NameLoc>(node.getChildLoc()) : NameLoc();
    if (value && call.getNumResults() == 1 && !value.getName().empty())
      return value.getName().str();
    return call.getNode().str() + (index ? ":" + std::to_string(index) : "");
  }

  /// Weights of one name and one packing are one value.
  void addWeight(WeightOp weight) {
    auto [found, isNew] =
        weights.try_emplace(weight->getAttrDictionary(), graph.values.size());
    if (!isNew) {
      indices[weight.getResult()] = found->second;
      return;
    }
    addValue(weight.getResult(), runtime::Value::Kind::Weight,
             weight.getName());
    if (auto sizes = weight.getPanels())
      graph.values.back().panels = {
          weight.getName().str(), uint64_t((*sizes)[0]), uint64_t((*sizes)[1]),
          uint64_t((*sizes)[2]), weight.getColumnsFirst()};
  }

  /// Names of weights and inputs are unique in the model; a node may be named
  /// as one of them.
  void addValue(Value value, runtime::Value::Kind kind, StringRef base) {
    std::string name = base.str();
    for (unsigned i = 1; !names.insert(name).second; ++i)
      name = (base + "_" + Twine(i)).str();
    indices[value] = graph.values.size();
    graph.values.push_back({kind, name, tensorType(value.getType()), 0, {}});
  }

  runtime::Port port(Value value, StringRef name) {
    return {name.str(), indices.lookup(value), tensorType(value.getType())};
  }

  static StringRef portName(DictionaryAttr attributes, StringRef kind,
                            unsigned index) {
    auto name = attributes ? attributes.getAs<StringAttr>(portNameAttrName)
                           : StringAttr();
    if (!name)
      name = StringAttr::get(attributes.getContext(), kind + Twine(index));
    return name.getValue();
  }

  func::FuncOp main;
  Graph graph;
  llvm::DenseMap<Value, uint32_t> indices;
  llvm::DenseMap<Attribute, uint32_t> weights;
  llvm::StringSet<> names;
};

} // namespace

llvm::Expected<Graph> opml::compiler::readGraph(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || main.isExternal())
    return llvm::createStringError("the module has no function @main");
  return GraphReader(main).read();
}
