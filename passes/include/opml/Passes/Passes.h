//===- Passes.h - The passes from opml to the LLVM dialect ------*- C++ -*-===//
//
// What each pass promises stands in Passes.td. The pipelines here are the
// stages of opml-compile; docs/architecture.md, "From ONNX to an image", names
// what each stage hands over.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PASSES_PASSES_H
#define OPML_PASSES_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "llvm/Support/Error.h"

namespace opml {

#define GEN_PASS_DECL
#include "opml/Passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "opml/Passes/Passes.h.inc"

/// Argument attribute of a bufferized node function: memory that holds no
/// value, zero when the node starts.
inline constexpr llvm::StringLiteral scratchAttrName = "opml.scratch";
/// Argument attribute of a bufferized node function: a result's slot.
inline constexpr llvm::StringLiteral resultAttrName = "bufferize.result";

/// Columns of a panel of weights (opml-pack-weights).
inline constexpr int64_t panelWidth = 16;

/// Attributes of a stage of a native node function: the symbol of that
/// function, the number of iterations, and what all of them do together,
/// counted in innermost loop bodies (opml-split-stages).
inline constexpr llvm::StringLiteral stageOfAttrName = "opml.stage_of";
inline constexpr llvm::StringLiteral iterationsAttrName = "opml.iterations";
inline constexpr llvm::StringLiteral workAttrName = "opml.work";

/// Operators in node functions -> linalg on tensors with canonical arithmetic,
/// verified.
void buildLinalgPipeline(mlir::OpPassManager &manager);

/// linalg on tensors -> node functions on memrefs with operand, result and
/// scratch arguments.
void buildBufferizePipeline(mlir::OpPassManager &manager);

/// Bufferized node functions -> LLVM dialect, with 32-bit index values and bare
/// pointers. Loops follow the order of the linalg iterators.
void buildLowerToLLVMPipeline(mlir::OpPassManager &manager);

/// The vectors of a CPU.
struct NativeVectors {
  int64_t lanes = 4;      // of 32 bits
  int64_t registers = 16; // that a kernel may use
};

/// Bufferized node functions -> LLVM dialect of their stages for a host with
/// 64-bit index values, with bare pointers.
void buildLowerToNativePipeline(mlir::OpPassManager &manager,
                                const NativeVectors &vectors);

/// Runs passes on a module; the error is the first diagnostic with its
/// location.
llvm::Error runPasses(mlir::ModuleOp module,
                      llvm::function_ref<void(mlir::OpPassManager &)> build);

/// Registers the pipelines as --opml-linalg-pipeline,
/// --opml-bufferize-pipeline,
/// --opml-lower-to-llvm-pipeline and --opml-lower-to-native-pipeline.
void registerPipelines();

/// Dialects' external models that the passes need besides the dialects.
void registerBufferizationModels(mlir::DialectRegistry &registry);

} // namespace opml

#endif // OPML_PASSES_PASSES_H
