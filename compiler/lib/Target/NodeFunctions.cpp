//===- NodeFunctions.cpp - Signatures of bufferized node functions --------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "opml/Passes/Passes.h"
#include "opml/Target/NodeFunction.h"
#include "opml/vm/Memory.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>

using namespace mlir;
using namespace opml::compiler;

/// Bytes of a row-major memref of static shape.
static uint64_t bufferBytes(MemRefType type) {
  uint64_t bits = type.getElementTypeBitWidth();
  return uint64_t(type.getNumElements()) * ((bits + 7) / 8);
}

std::vector<NodeFunction> opml::compiler::nodeFunctions(ModuleOp bufferized) {
  std::vector<NodeFunction> result;
  for (auto function : bufferized.getOps<func::FuncOp>()) {
    NodeFunction node;
    node.name = function.getName().str();
    for (unsigned i = 0; i < function.getNumArguments(); ++i) {
      uint64_t bytes =
          bufferBytes(cast<MemRefType>(function.getArgumentTypes()[i]));
      if (function.getArgAttr(i, opml::scratchAttrName))
        node.scratchBytes.push_back(bytes);
      else if (function.getArgAttr(i, opml::resultAttrName))
        node.resultBytes.push_back(bytes);
      else
        node.operandBytes.push_back(bytes);
    }
    result.push_back(std::move(node));
  }
  return result;
}

std::vector<unsigned>
opml::compiler::slotOrder(const std::vector<uint64_t> &bytes) {
  std::vector<unsigned> order(bytes.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::pair(vm::depthForBytes(bytes[a]), a) <
           std::pair(vm::depthForBytes(bytes[b]), b);
  });
  return order;
}
