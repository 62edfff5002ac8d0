//===- RegionBuilder.h - An LLVM function of many blocks --------*- C++ -*-===//
//
// A region is what can be reached from its root by branches of known
// destination, calls left out: as a rule a guest function. It is entered at its
// root and behind its calls. A jump to anywhere else is a tail call of the
// piece that a table holds for the destination.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H
#define OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H

#include "BlockTranslator.h"
#include "ObjectCache.h"
#include <map>

namespace opml::vm {

class RegionBuilder {
public:
  RegionBuilder(const Code &code, llvm::Module &module);

  /// Builds the function of this name. Returns its entries.
  std::vector<uint32_t> build(uint32_t root, llvm::StringRef name);
  const std::vector<Translation::Extent> &extents() const {
    return blockExtents;
  }

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

  void findWritten();
  void findLive();
  void fillExit(const Exit &exit, RegisterSet written);
  void fillJump(const Exit &exit);
  void returnToDriver(const Exit &exit, llvm::Value *nextPc,
                      bool isForInterpreter);
  void fillEntry();

  llvm::Value *stateField(size_t offset);

  const Code &code;
  llvm::Module &module;
  llvm::IRBuilder<> B;
  FunctionFrame frame{};
  llvm::BasicBlock *entryBlock = nullptr;

  std::map<uint32_t, GuestBlock> blocks;
  std::vector<uint32_t> worklist, entries;
  std::vector<Translation::Extent> blockExtents;
  unsigned instructions = 0;
  // Per block: registers written on some way to its start since the function
  // was entered, and those whose content matters there.
  std::map<uint32_t, RegisterSet> written, live;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_REGIONBUILDER_H
