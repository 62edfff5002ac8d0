//===- BlockTranslator.h - One basic block of guest code --------*- C++ -*-===//
//
// A block runs from an entry to a branch with its delay slot; the delay slot of
// a likely branch is a block of its own, not executed if the branch is not
// taken. Steps are counted once per block: it is only begun if enough are left
// for all of it. An instruction that would trap or halt is not executed: the
// block is left before it, with the steps done so far, and the interpreter
// takes that step.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H
#define OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H

#include "GuestState.h"
#include "opml/vm/Interpreter.h"
#include "llvm/IR/IRBuilder.h"

namespace opml::vm {

/// One bit per register of GuestState.
using RegisterSet = uint64_t;

/// The values that all blocks of a function share. Guest registers live in
/// stack slots, which LLVM turns into machine registers.
struct FunctionFrame {
  llvm::Function *function;
  llvm::Value *state, *memory, *memorySize;
  llvm::AllocaInst *registers[registerCount];
  llvm::AllocaInst *left;
  /// The memory's size in units of 1, 2 and 4 bytes.
  llvm::Value *sizeIn[3];
};

/// A way out of the function, filled in when it is known which registers have
/// been written on any way to it.
struct Exit {
  llvm::BasicBlock *block;
  RegisterSet written; // in the guest block, before the exit
  llvm::Value *left;
  llvm::Value *pc;
  llvm::Value *nextPc; // null: a jump to pc, where other code may go on
};

/// Where a block goes in the end: to `taken` if `condition`, else to `other`.
struct BlockEnd {
  llvm::Value *condition = nullptr; // null: always `other`
  llvm::Value *taken = nullptr;
  uint32_t other = 0;
  /// The branch wrote `other` to a register: `taken` is another function.
  bool isCall = false;
  /// The delay slot, executed only on the way to `taken`, is not part of the
  /// block.
  bool isLikely = false;
  /// The block is always left before its end.
  bool isLeft = false;
};

struct GuestBlock {
  uint32_t pc = 0;
  llvm::BasicBlock *start = nullptr;
  RegisterSet reads = 0; // before any write
  RegisterSet writes = 0;
  std::vector<Exit> exits;
  /// Blocks of the same function, by address; delaySlotKey for delay slots.
  std::vector<uint32_t> successors;
  /// Of a block that is no more than a delay slot: the likely branch before.
  std::optional<BlockEnd> branch;
};

/// Tells a block that is the delay slot there from one that begins there.
constexpr uint32_t delaySlotKey(uint32_t pc) { return pc | 1; }

/// Of a block, the delay slot included.
inline constexpr unsigned maxBlockInstructions = 64;

class BlockTranslator {
public:
  BlockTranslator(const Code &code, const FunctionFrame &frame,
                  GuestBlock &block, llvm::IRBuilder<> &builder)
      : code(code), frame(frame), block(block), B(builder) {}

  /// Translates all instructions. The builder stands where the block's end
  /// belongs.
  BlockEnd translate();
  /// How many instructions the block executes if it is not left.
  unsigned instructionCount() const { return done; }
  /// A way out to `pc`, after the whole block.
  llvm::BasicBlock *jumpOut(llvm::Value *pc);

  // What the semantics of an instruction consists of.
  uint32_t pc() const { return address; }
  llvm::IRBuilder<> &builder() { return B; }
  llvm::Value *read(unsigned number);
  void write(unsigned number, llvm::Value *value);
  /// The checks before an access; widths are in bits.
  void checkAccess(llvm::Value *address, unsigned width);
  llvm::Value *load(llvm::Value *address, unsigned width);
  void store(llvm::Value *address, llvm::Value *value);
  /// Leaves the instruction to the interpreter.
  void leaveIf(llvm::Value *condition);
  void leave() { leaveIf(B.getTrue()); }
  void branch(llvm::Value *condition, llvm::Value *target);
  void branchLikely(llvm::Value *condition, llvm::Value *target);

private:
  /// The instruction there, if the word is part of the code.
  const Instruction *instructionAt(uint32_t pc) const;
  void translateLine();
  void translateOne();
  void translateDelaySlot();
  llvm::BasicBlock *newBlock(const char *name);
  llvm::BasicBlock *addExit(llvm::Value *left, llvm::Value *pc,
                            llvm::Value *nextPc);
  llvm::Value *stepsLeft();

  const Code &code;
  const FunctionFrame &frame;
  GuestBlock &block;
  llvm::IRBuilder<> &B;

  uint32_t address = 0;          // of the current instruction
  llvm::Value *nextPc = nullptr; // of the current instruction
  llvm::Value *leftAtStart = nullptr;
  unsigned done = 0;                // instructions before the current one
  bool writesReturnAddress = false; // the current instruction
  BlockEnd end;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H
