//===- MemoryLayout.h - A node's data memory --------------------*- C++ -*-===//
//
// [stack | scratch | gap | slots]. Slots are powers of two, aligned to their
// size and packed in ascending size up to the end of memory, which leaves no
// gap between them; stack and scratch take the bottom. So memory is the
// smallest that can hold them all, an overflowing stack leaves the address
// space and traps, and no slot has address 0.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_IMAGE_MEMORYLAYOUT_H
#define OPML_IMAGE_MEMORYLAYOUT_H

#include "opml/Target/NodeFunction.h"
#include "llvm/Support/Error.h"

namespace opml::compiler {

struct MemoryLayout {
  uint8_t memDepth = 0;
  uint32_t stackPointer = 0;
  std::vector<uint32_t> operands; // addresses, in the order of NodeFunction
  std::vector<uint32_t> results;
  std::vector<uint32_t> scratch;

  /// In the order of the function's arguments.
  std::vector<uint32_t> addresses() const;
};

/// Lays out the memory of a node that needs `stackBytes` of stack. Fails if it
/// needs more than 2^32 bytes, naming the function.
llvm::Expected<MemoryLayout> layOutMemory(const NodeFunction &function,
                                          uint32_t stackBytes);

} // namespace opml::compiler

#endif // OPML_IMAGE_MEMORYLAYOUT_H
