//===- Pipelines.cpp - The stages of opml-compile below linalg ------------===//

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Bufferization/Transforms/FuncBufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Linalg/Transforms/SubsetInsertionOpInterfaceImpl.h"
#include "mlir/Dialect/MemRef/Transforms/AllocationOpInterfaceImpl.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/Tensor/Transforms/BufferizableOpInterfaceImpl.h"
#include "mlir/Dialect/Tensor/Transforms/SubsetInsertionOpInterfaceImpl.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
#include "opml/Passes/Passes.h"

using namespace mlir;

void opml::buildLinalgPipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createLowerToLinalg());
  manager.addNestedPass<func::FuncOp>(createCanonicalizeArith());
  manager.addPass(createPackWeights());
  manager.addPass(createVerifyCanonical());
}

void opml::buildBufferizePipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createFuseElementwise());
  manager.addNestedPass<func::FuncOp>(createReuseDestinations());
  manager.addPass(createBufferizeNodes());
  manager.addNestedPass<func::FuncOp>(createScratchArguments());
  manager.addNestedPass<func::FuncOp>(createDropEmptyBuffers());
}

/// Loops on memrefs -> LLVM dialect with index values of `indexBits`, and a
/// last look at what came out.
static void lowerLoops(OpPassManager &manager, unsigned indexBits,
                       StringRef canonicalLevel) {
  manager.addPass(memref::createExpandStridedMetadataPass());
  manager.addPass(createLowerAffinePass());
  manager.addPass(createSCFToControlFlowPass());
  manager.addPass(createConvertVectorToLLVMPass());
  manager.addPass(createConvertMathToLLVMPass());
  ArithToLLVMConversionPassOptions arith;
  arith.indexBitwidth = indexBits;
  manager.addPass(createArithToLLVMConversionPass(arith));
  ConvertFuncToLLVMPassOptions func;
  func.indexBitwidth = indexBits;
  func.useBarePtrCallConv = true;
  manager.addPass(createConvertFuncToLLVMPass(func));
  FinalizeMemRefToLLVMConversionPassOptions memref;
  memref.indexBitwidth = indexBits;
  manager.addPass(createFinalizeMemRefToLLVMConversionPass(memref));
  ConvertControlFlowToLLVMPassOptions controlFlow;
  controlFlow.indexBitwidth = indexBits;
  manager.addPass(createConvertControlFlowToLLVMPass(controlFlow));
  manager.addPass(createReconcileUnrealizedCastsPass());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  opml::VerifyCanonicalOptions verify;
  verify.level = canonicalLevel.str();
  manager.addPass(opml::createVerifyCanonical(verify));
}

void opml::buildLowerToLLVMPipeline(OpPassManager &manager) {
  manager.addNestedPass<func::FuncOp>(createGuestLoops());
  lowerLoops(manager, /*indexBits=*/32, "llvm");
}

void opml::buildLowerToNativePipeline(OpPassManager &manager,
                                      const NativeVectors &vectors) {
  VectorizeTilesOptions tiles;
  tiles.lanes = vectors.lanes;
  tiles.registers = vectors.registers;
  manager.addNestedPass<func::FuncOp>(createVectorizeTiles(tiles));
  manager.addNestedPass<func::FuncOp>(createParallelLoops());
  manager.addPass(createSplitStages());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createCSEPass());
  lowerLoops(manager, /*indexBits=*/64, "native");
}

void opml::registerPipelines() {
  PassPipelineRegistration<>("opml-linalg-pipeline",
                             "operators of node functions to canonical linalg",
                             buildLinalgPipeline);
  PassPipelineRegistration<>("opml-bufferize-pipeline",
                             "linalg on tensors to bufferized node functions",
                             buildBufferizePipeline);
  PassPipelineRegistration<>("opml-lower-to-llvm-pipeline",
                             "bufferized node functions to the LLVM dialect",
                             buildLowerToLLVMPipeline);
  PassPipelineRegistration<>(
      "opml-lower-to-native-pipeline",
      "bufferized node functions to the LLVM dialect of their stages on a "
      "64-bit host with the plainest vectors",
      [](OpPassManager &manager) { buildLowerToNativePipeline(manager, {}); });
}

void opml::registerBufferizationModels(DialectRegistry &registry) {
  arith::registerBufferizableOpInterfaceExternalModels(registry);
  bufferization::func_ext::registerBufferizableOpInterfaceExternalModels(
      registry);
  linalg::registerBufferizableOpInterfaceExternalModels(registry);
  linalg::registerSubsetOpInterfaceExternalModels(registry);
  // Without it a returned allocation is not recognised, and copied.
  memref::registerAllocationOpInterfaceExternalModels(registry);
  tensor::registerBufferizableOpInterfaceExternalModels(registry);
  tensor::registerSubsetOpInterfaceExternalModels(registry);
}

llvm::Error opml::runPasses(ModuleOp module,
                            llvm::function_ref<void(OpPassManager &)> build) {
  PassManager manager(module.getContext());
  build(manager);
  std::string message;
  ScopedDiagnosticHandler handler(
      module.getContext(), [&](Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
            message.empty()) {
          llvm::raw_string_ostream stream(message);
          // An ONNX node's name; where there is none, the message has to do.
          if (auto name = dyn_cast<NameLoc>(diagnostic.getLocation()))
            stream << name.getName().getValue() << ": ";
          stream << diagnostic;
        }
        return success();
      });
  if (succeeded(manager.run(module)))
    return llvm::Error::success();
  return llvm::createStringError(message.empty() ? "a pass failed" : message);
}
