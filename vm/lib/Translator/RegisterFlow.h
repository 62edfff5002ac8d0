//===- RegisterFlow.h - Registers between the blocks of a region *- C++ -*-===//
//
// Blocks write the registers that they change to the GuestState, so that a way
// out finds them there. Contents go from block to block in the frame's slots,
// that is in the host's registers, where every way to a block has them there,
// else the block reads them from the GuestState. In small loops some registers
// are kept in slots alone, and written on all ways out of the loop instead.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_REGISTERFLOW_H
#define OPML_VM_LIB_TRANSLATOR_REGISTERFLOW_H

#include "BlockTranslator.h"
#include <map>

namespace opml::vm {

/// The blocks of a region by key.
using GuestBlocks = std::map<uint32_t, GuestBlock>;

class RegisterFlow {
public:
  RegisterFlow(const GuestBlocks &blocks, llvm::ArrayRef<uint32_t> entries);

  /// Registers whose slots have their content at the block's start.
  RegisterSet inSlots(uint32_t key) const { return flows.at(key).inSlots; }
  /// Registers whose content the GuestState may not have in this block.
  RegisterSet keptIn(uint32_t key) const { return loopOf(key).kept; }
  /// Registers to be written to the GuestState between two blocks.
  RegisterSet writtenBetween(uint32_t from, uint32_t to) const;
  /// Registers to be read into slots between two blocks, or at an entry.
  RegisterSet readBetween(uint32_t from, uint32_t to) const;
  RegisterSet readAtEntry(uint32_t key) const { return loopOf(key).needed; }

private:
  struct Loop {
    uint32_t head = 0;
    RegisterSet kept = 0;
    RegisterSet needed = 0; // in slots, in the whole loop
  };
  struct Flow {
    size_t loop = 0;      // index of `loops`
    RegisterSet live = 0; // read before they are written
    RegisterSet inSlots = ~RegisterSet(0);
  };
  const Loop &loopOf(uint32_t key) const { return loops[flows.at(key).loop]; }
  RegisterSet inSlotsAfter(uint32_t key) const;

  void findLive();
  void findLoops();
  void addLoop(uint32_t first, uint32_t last);
  void findInSlots(llvm::ArrayRef<uint32_t> entries);

  const GuestBlocks &blocks;
  std::map<uint32_t, Flow> flows;
  std::vector<Loop> loops{{}}; // the first stands for none
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_REGISTERFLOW_H
