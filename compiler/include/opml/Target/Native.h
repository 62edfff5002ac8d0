//===- Native.h - Stages of nodes to a library for a host -------*- C++ -*-===//
//
// The native target: LLVM-dialect stages of node functions are optimised and
// compiled for one CPU feature level and linked to a shared library whose table
// (opml/runtime/NativeAbi.h) the native engine reads. Its results are those of
// the guest to the bit (docs/numerics.md).
//
//===----------------------------------------------------------------------===//

#ifndef OPML_TARGET_NATIVE_H
#define OPML_TARGET_NATIVE_H

#include "mlir/IR/BuiltinOps.h"
#include "opml/Passes/Passes.h"
#include "opml/Target/NodeFunction.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <array>
#include <string>
#include <vector>

namespace opml::compiler::native {

using Bytes = llvm::SmallVector<char, 0>;

/// A set of CPU features that code is compiled for. The native engine picks the
/// best one that the CPU has.
struct Level {
  llvm::StringLiteral name;
  llvm::StringLiteral processor; // as LLVM calls it
  llvm::StringLiteral triple;
  llvm::StringLiteral features;
  bool hasFma; // of binary32, in hardware
  NativeVectors vectors;
};

/// The levels of the processor family that this program runs on.
llvm::ArrayRef<Level> hostLevels();
/// A level of any family, null if there is none of this name.
const Level *findLevel(llvm::StringRef name);

std::unique_ptr<llvm::TargetMachine> createTargetMachine(const Level &level);

/// Replaces every fused multiply-add by operations that a CPU without one has,
/// with the same result to the bit.
void expandFusedMultiplyAdd(llvm::Module &module);

/// Adds the table of these functions, whose stages are translated to `module`,
/// to it. The symbol modelRootSymbol is left undefined.
void addTable(llvm::Module &module, mlir::ModuleOp stages,
              llvm::ArrayRef<NodeFunction> functions);
inline constexpr llvm::StringLiteral modelRootSymbol = "opml_native_model_root";

/// The stages as an object file for one level, with their table. It refers to
/// nothing but the C library's memory functions and modelRootSymbol; anything
/// else is an error that names it.
llvm::Expected<Bytes> compile(mlir::ModuleOp stages,
                              llvm::ArrayRef<NodeFunction> functions,
                              const Level &level);

/// A shared library of the object for the model with this root.
llvm::Expected<Bytes> link(const Bytes &object,
                           const std::array<uint8_t, 32> &modelRoot,
                           const Level &level);

} // namespace opml::compiler::native

#endif // OPML_TARGET_NATIVE_H
