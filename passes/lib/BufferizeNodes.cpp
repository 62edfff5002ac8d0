//===- BufferizeNodes.cpp - Node functions on memrefs ---------------------===//

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotModuleBufferize.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "opml/Passes/Passes.h"

namespace opml {
#define GEN_PASS_DEF_BUFFERIZENODES
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// A copy as a linalg op becomes a loop; memref.copy would become a call of a
/// library that the guest does not have.
LogicalResult copyAsLoop(OpBuilder &builder, Location loc, Value from,
                         Value to) {
  linalg::CopyOp::create(builder, loc, from, to);
  return success();
}

LogicalResult bufferize(ModuleOp module) {
  bufferization::OneShotBufferizationOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.setFunctionBoundaryTypeConversion(
      bufferization::LayoutMapOption::IdentityLayoutMap);
  options.memCpyFn = copyAsLoop;
  bufferization::BufferizationState state;
  return bufferization::runOneShotModuleBufferize(module, options, state);
}

LogicalResult moveResultsToArguments(ModuleOp module) {
  bufferization::BufferResultsToOutParamsOpts options;
  options.memCpyFn = copyAsLoop;
  options.addResultAttribute = true;
  options.hoistStaticAllocs = true;
  options.modifyPublicFunctions = true;
  return bufferization::promoteBufferResultsToOutParams(module, options);
}

struct BufferizeNodes : opml::impl::BufferizeNodesBase<BufferizeNodes> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (failed(bufferize(module)) || failed(moveResultsToArguments(module)))
      return signalPassFailure();
    auto noalias = LLVM::LLVMDialect::getNoAliasAttrName();
    for (auto function : module.getOps<func::FuncOp>())
      for (unsigned i = 0; i < function.getNumArguments(); ++i)
        function.setArgAttr(i, noalias, UnitAttr::get(&getContext()));
  }
};

} // namespace
