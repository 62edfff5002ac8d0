//===- Graph.h - The outlined graph as data ---------------------*- C++ -*-===//
//
// What @main says after opml-outline-nodes, in the terms of the image: values
// (views of a value are the value), nodes that call functions, ports.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_IMAGE_GRAPH_H
#define OPML_IMAGE_GRAPH_H

#include "mlir/IR/BuiltinOps.h"
#include "opml/runtime/Image.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace opml::compiler {

struct GraphNode {
  std::string name;
  std::vector<std::string> operators;
  std::string function;
  std::vector<uint32_t> operands; // indices into Graph::values
  std::vector<uint32_t> results;
};

struct Graph {
  std::vector<runtime::Value>
      values; // weights, inputs, activations; used weights only
  std::vector<GraphNode> nodes;
  std::vector<runtime::Port> inputs;
  std::vector<runtime::Port> outputs;
};

/// Reads the graph from @main of an outlined module.
llvm::Expected<Graph> readGraph(mlir::ModuleOp module);

} // namespace opml::compiler

#endif // OPML_IMAGE_GRAPH_H
