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

/// The buffers of these sizes as an image lists them, in ascending address of
/// their slots (MemoryLayout.h): in ascending size of the slots, equal ones in
/// the order of the arguments. Element i is the argument's number.
std::vector<unsigned> slotOrder(const std::vector<uint64_t> &bytes);

/// The node functions of a bufferized module, in its order.
std::vector<NodeFunction> nodeFunctions(mlir::ModuleOp bufferized);

} // namespace opml::compiler

#endif // OPML_TARGET_NODEFUNCTION_H
