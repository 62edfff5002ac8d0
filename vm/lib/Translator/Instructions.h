//===- Instructions.h - The generated translations --------------*- C++ -*-===//

#ifndef OPML_VM_LIB_TRANSLATOR_INSTRUCTIONS_H
#define OPML_VM_LIB_TRANSLATOR_INSTRUCTIONS_H

#include "BlockTranslator.h"

namespace opml::vm {

/// Builds the semantics of an instruction that is not reserved.
void translateInstruction(BlockTranslator &at, const Instruction &instruction);

/// A hash of the sources that decide how guest code is translated.
llvm::StringRef translatorVersion();

/// True for branches and jumps.
bool hasDelaySlot(uint16_t opcode);

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_INSTRUCTIONS_H
