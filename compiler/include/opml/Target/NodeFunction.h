//===- NodeFunction.h - Signatures of bufferized nodes ----------*- C++ -*-===//

#ifndef OPML_TARGET_NODEFUNCTION_H
#define OPML_TARGET_NODEFUNCTION_H

#include "mlir/IR/BuiltinOps.h"
#include <string>
#include <vector>

namespace opml::compiler {

/// A bufferized node function as its callers see it: pointer arguments to
/// operands, results and scratch buffers, in this order.
struct NodeFunction {
  std::string name;
  std::vector<uint64_t> operandBytes;
  std::vector<uint64_t> resultBytes;
  std::vector<uint64_t> scratchBytes;
};

/// The node functions of a bufferized module, in its order.
std::vector<NodeFunction> nodeFunctions(mlir::ModuleOp bufferized);

} // namespace opml::compiler

#endif // OPML_TARGET_NODEFUNCTION_H
