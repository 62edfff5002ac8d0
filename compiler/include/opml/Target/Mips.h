//===- Mips.h - Bufferized nodes to a guest program -------------*- C++ -*-===//
//
// The MIPS target: LLVM-dialect node functions are optimised, compiled for the
// VM's machine (MIPS32 release 2, little-endian, soft float, no operating
// system) and linked with the guest runtime; of the linked program every word
// is decoded, and stack and steps of every node are bounded.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_TARGET_MIPS_H
#define OPML_TARGET_MIPS_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"
#include <string>
#include <vector>

namespace opml::compiler::mips {

/// What the loops of a compiled function do at most in one call. Saturating.
struct LoopBounds {
  uint64_t backEdges = 0;   // taken back edges of all loops
  uint64_t memoryOps = 0;   // calls of memset and memcpy
  uint64_t memoryBytes = 0; // and the bytes of all these calls together
};

/// The target machine for guest code, with all pinned flags.
std::unique_ptr<llvm::TargetMachine> createTargetMachine();

/// LLVM dialect -> LLVM IR for the target machine, not yet optimised.
llvm::Expected<std::unique_ptr<llvm::Module>>
translate(mlir::ModuleOp module, llvm::LLVMContext &context,
          llvm::TargetMachine &machine);

/// Optimises without changing what any float operation means.
void optimise(llvm::Module &module, llvm::TargetMachine &machine);

/// Bounds the loops of every function of an optimised module. A loop whose trip
/// count LLVM cannot bound by a constant is an error that names the function.
llvm::Expected<llvm::StringMap<LoopBounds>>
boundLoops(llvm::Module &module, llvm::TargetMachine &machine);

using Bytes = llvm::SmallVector<char, 0>;

/// Machine code of a module as an ELF object or as assembly text.
llvm::Expected<Bytes> emit(llvm::Module &module, llvm::TargetMachine &machine,
                           llvm::CodeGenFileType fileType);

/// Where a node function's arguments lie.
struct EntryCode {
  std::string function;
  std::vector<uint32_t> addresses; // of operands, results and scratch
};

/// The symbol of the code that calls `function` with its addresses and exits.
std::string entrySymbol(llvm::StringRef function);

/// An ELF object with the entry code of every function.
llvm::Expected<Bytes> emitEntryCode(llvm::ArrayRef<EntryCode> entries,
                                    llvm::TargetMachine &machine);

/// Links objects and the guest runtime to a program whose code starts at code
/// address 0 and contains what the given symbols reach. Data sections are an
/// error, and so is a root that is not defined.
llvm::Expected<Bytes> link(llvm::ArrayRef<Bytes> objects,
                           llvm::ArrayRef<std::string> roots);

/// What one run from an entry symbol needs at most.
struct EntryBounds {
  uint32_t address = 0;    // of the entry symbol's code
  uint32_t stackBytes = 0; // multiple of 8
  uint64_t steps = 0;      // until the machine halts; saturating
};

/// Decodes every word of a linked program and bounds the run from each entry.
/// A reserved word, recursion, an indirect jump or an unbounded loop is an
/// error that says where.
llvm::Expected<llvm::StringMap<EntryBounds>>
boundProgram(llvm::StringRef elf, llvm::ArrayRef<std::string> entries,
             const llvm::StringMap<LoopBounds> &loops);

} // namespace opml::compiler::mips

#endif // OPML_TARGET_MIPS_H
