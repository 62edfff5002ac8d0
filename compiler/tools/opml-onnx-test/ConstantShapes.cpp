//===- ConstantShapes.cpp - Cases whose shapes are inputs -----------------===//

#include "ConstantShapes.h"
#include "opml/Import/Onnx.h"
#include <fstream>

namespace opml::onnxtest {

template <typename Message>
static bool readMessage(const std::string &path, Message &message) {
  std::ifstream stream(path, std::ios::binary);
  return message.ParseFromIstream(&stream);
}

static std::set<std::string> shapeNames(const onnx::GraphProto &graph) {
  std::set<std::string> names;
  for (const onnx::NodeProto &node : graph.node())
    if (node.op_type() == "Reshape" && node.input_size() == 2)
      names.insert(node.input(1));
  return names;
}

std::set<size_t> makeShapesConstant(const std::string &directory,
                                    const std::string &output) {
  onnx::ModelProto model;
  if (!readMessage(directory + "/model.onnx", model))
    return {};
  onnx::GraphProto &graph = *model.mutable_graph();
  std::set<std::string> names = shapeNames(graph);
  google::protobuf::RepeatedPtrField<onnx::ValueInfoProto> inputs;
  std::set<size_t> positions;
  for (int i = 0; i < graph.input_size(); ++i) {
    onnx::TensorProto value;
    if (!names.contains(graph.input(i).name()) ||
        !readMessage(directory + "/test_data_set_0/input_" + std::to_string(i) +
                         ".pb",
                     value)) {
      *inputs.Add() = graph.input(i);
      continue;
    }
    value.set_name(graph.input(i).name());
    *graph.add_initializer() = value;
    positions.insert(i);
  }
  if (positions.empty())
    return {};
  *graph.mutable_input() = inputs;
  std::ofstream stream(output, std::ios::binary);
  model.SerializeToOstream(&stream);
  return positions;
}

} // namespace opml::onnxtest
