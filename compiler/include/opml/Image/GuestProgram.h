//===- GuestProgram.h - Node functions to a linked program ------*- C++ -*-===//

#ifndef OPML_IMAGE_GUESTPROGRAM_H
#define OPML_IMAGE_GUESTPROGRAM_H

#include "opml/Image/MemoryLayout.h"
#include "opml/Target/Mips.h"

namespace opml::compiler {

/// What a node's descriptor takes from its function.
struct NodeProgram {
  MemoryLayout layout;
  uint32_t entry = 0;
  uint8_t stepBits = 0;
};

struct GuestProgram {
  mips::Bytes elf;
  llvm::StringMap<NodeProgram> functions; // by the function's name
};

/// Optimised LLVM IR of node functions to a program with entry code for each,
/// laid out, linked and bounded.
llvm::Expected<GuestProgram>
buildGuestProgram(llvm::Module &module, llvm::ArrayRef<NodeFunction> functions,
                  llvm::TargetMachine &machine);

} // namespace opml::compiler

#endif // OPML_IMAGE_GUESTPROGRAM_H
