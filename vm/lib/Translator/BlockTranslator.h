//===- BlockTranslator.h - One basic block of guest code --------*- C++ -*-===//
//
// A block runs from an entry to a branch with its delay slot; the delay slot of
// a likely branch is a block of its own, not executed if the branch is not
// taken. Steps are counted once per block: it is only begun if enough are left
// for all of it. An instruction that would trap or halt is not executed: the
// block is left, and the interpreter takes that step, some before it once more.
// So a block needs few ways out: each gives up the state before a group of
// instructions, which ends where a store has been done and something else may
// fail.
//
// Contents of registers are written to the GuestState at the end of a group.
// RegisterFlow finds out where that is not worth its while.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H
#define OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H

#include "AccessChecks.h"
#include "opml/vm/Interpreter.h"

namespace opml::vm {

/// One bit per register of GuestState.
using RegisterSet = uint64_t;

/// A way out of the function, filled in when it is known which registers'
/// contents the GuestState does not have.
struct Exit {
  llvm::BasicBlock *block = nullptr;
  unsigned done = 0; // of the block's instructions
  llvm::Value *pc = nullptr;
  llvm::Value *nextPc = nullptr; // null: a jump to pc, other code may go on
  /// Contents that differ from those at the block's start. None for a jump,
  /// which is taken at the block's end.
  llvm::SmallVector<std::pair<unsigned, llvm::Value *>> contents;
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
  llvm::BasicBlock *start = nullptr, *end = nullptr;
  /// How many are executed if the block is not left.
  unsigned instructions = 0;
  RegisterSet reads = 0; // before any write
  RegisterSet writes = 0;
  llvm::Value *leftAtEnd = nullptr;
  std::vector<Exit> exits;
  /// Of registers from slots of the frame, and into the GuestState.
  std::vector<std::pair<unsigned, llvm::LoadInst *>> loads;
  std::vector<std::pair<unsigned, llvm::StoreInst *>> stores;
  /// Blocks of the same function, by key.
  llvm::SmallVector<uint32_t, 2> successors;
  /// Of a block that is no more than a delay slot: the likely branch before.
  std::optional<BlockEnd> branch;

  /// The address; for a delay slot 1 more, for another block may begin there.
  uint32_t key() const { return branch ? pc + 1 : pc; }
};

/// Of a block, the delay slot included.
inline constexpr unsigned maxBlockInstructions = 256;

class BlockTranslator {
public:
  BlockTranslator(const Code &code, const FunctionFrame &frame,
                  GuestBlock &block, Builder &builder)
      : code(code), frame(frame), block(block), B(builder), checks(frame) {}

  /// Translates all instructions. The builder stands where the block's end
  /// belongs.
  BlockEnd translate();
  /// A way out to `pc`, after the whole block.
  llvm::BasicBlock *jumpOut(llvm::Value *pc);

  // What the semantics of an instruction consists of.
  uint32_t pc() const { return address; }
  Builder &builder() { return B; }
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
  void countSteps();
  llvm::BasicBlock *addExit(llvm::Value *pc, llvm::Value *nextPc);
  void beginGroup();
  void endGroup();
  /// A place in this group from which `exit` can be taken.
  llvm::BasicBlock *exitBeforeStores();

  const Code &code;
  const FunctionFrame &frame;
  GuestBlock &block;
  Builder &B;
  AccessChecks checks;
  BlockEnd end;

  uint32_t address = 0;             // of the current instruction
  llvm::Value *nextPc = nullptr;    // of the current instruction
  unsigned done = 0;                // instructions before the current one
  bool writesReturnAddress = false; // the current instruction
  AccessChecks::Access access;      // of the current instruction

  /// What the block has read or written so far.
  llvm::Value *contents[registerCount] = {};
  // Of the current group.
  llvm::BasicBlock *groupExit = nullptr;
  RegisterSet groupWrites = 0;
  bool hasStores = false;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_BLOCKTRANSLATOR_H
