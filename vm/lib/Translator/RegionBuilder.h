//===- RegionBuilder.h - An LLVM function of many blocks --------*- C++ -*-===//
//
// A region is what can be reached from its root by branches of known
// destination, calls left out: as a rule a guest function. It is entered at its
// root, behind its calls and at the heads of its loops. A jump to anywhere else
// is a tail call of the piece that a table holds for the destination.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H
#define OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H

#include "ObjectCache.h"
#include "RegisterFlow.h"

namespace opml::vm {

class RegionBuilder {
public:
  RegionBuilder(const Code &code, llvm::Module &module);

  /// Builds the function of this name. Returns its entries.
  std::vector<uint32_t> build(uint32_t root, llvm::StringRef name);
  /// All blocks.
  std::vector<Translation::Extent> extents() const;

private:
  void createFunction(llvm::StringRef name);
  void translateBlocks();
  void finishBlock(BlockTranslator &translator, GuestBlock &block,
                   const BlockEnd &end);
  llvm::BasicBlock *destination(BlockTranslator &translator, GuestBlock &block,
                                llvm::Value *pc, bool isCall);
  GuestBlock *blockAt(uint32_t pc);
  llvm::BasicBlock *delaySlot(GuestBlock &block, const BlockEnd &end);
  void addEntry(uint32_t pc);

  void chooseHomes(GuestBlock &block, const RegisterFlow &flow);
  void connect(GuestBlock &block, const RegisterFlow &flow);
  void readFromState(RegisterSet registers);
  void writeToState(RegisterSet registers, const Exit *exit = nullptr);
  void fillExit(const GuestBlock &block, const Exit &exit, RegisterSet kept);
  void fillJump(const GuestBlock &block, const Exit &exit);
  void giveUp(llvm::Value *pc, llvm::Value *nextPc, llvm::Value *left,
              bool isForInterpreter);
  void fillEntry(const RegisterFlow &flow);

  const Code &code;
  llvm::Module &module;
  Builder B;
  FunctionFrame frame;
  llvm::BasicBlock *entryBlock = nullptr;
  /// A way back to the driver that exits share, and what each brings there.
  struct Return {
    llvm::BasicBlock *block;
    llvm::PHINode *pc, *left, *notDone;

    Return(const FunctionFrame &frame, const char *name);
    void comeFrom(llvm::BasicBlock *from, const GuestBlock &block,
                  const Exit &exit);
    llvm::Value *stepsLeft(Builder &B) const {
      return B.CreateAdd(left, notDone);
    }
  };
  /// At an instruction for the interpreter; where there is no piece.
  std::optional<Return> interpret, lookUp;

  GuestBlocks blocks;
  std::vector<uint32_t> worklist, entries;
  unsigned instructions = 0;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H
