//===- BuildManifest.cpp - Graph and program to a manifest ----------------===//

#include "opml/Image/BuildManifest.h"
#include "llvm/ADT/STLExtras.h"

using namespace opml::compiler;
namespace runtime = opml::runtime;

/// In ascending address, as an image lists them.
static std::vector<runtime::Slot>
slots(const std::vector<runtime::Value> &values,
      llvm::ArrayRef<uint32_t> indices, llvm::ArrayRef<uint32_t> addresses) {
  std::vector<runtime::Slot> result;
  for (auto [value, address] : llvm::zip_equal(indices, addresses))
    result.push_back({value, address, uint8_t(values[value].depth())});
  llvm::sort(result, [](const runtime::Slot &a, const runtime::Slot &b) {
    return a.address < b.address;
  });
  return result;
}

runtime::Manifest opml::compiler::buildManifest(Graph graph,
                                                const GuestProgram &program) {
  runtime::Manifest manifest;
  manifest.producer = "opml-compile " OPML_VERSION;
  for (GraphNode &node : graph.nodes) {
    const NodeProgram &function = program.functions.at(node.function);
    runtime::Node descriptor;
    descriptor.name = std::move(node.name);
    descriptor.operators = std::move(node.operators);
    descriptor.function = std::move(node.function);
    descriptor.entry = function.entry;
    descriptor.stackPointer = function.layout.stackPointer;
    descriptor.memDepth = function.layout.memDepth;
    descriptor.stepBits = function.stepBits;
    descriptor.operands =
        slots(graph.values, node.operands, function.layout.operands);
    descriptor.results =
        slots(graph.values, node.results, function.layout.results);
    manifest.nodes.push_back(std::move(descriptor));
  }
  manifest.values = std::move(graph.values);
  manifest.inputs = std::move(graph.inputs);
  manifest.outputs = std::move(graph.outputs);
  return manifest;
}
