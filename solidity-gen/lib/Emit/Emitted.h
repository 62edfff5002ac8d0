//===- Emitted.h - Pieces of the outputs that proofs look at ----*- C++ -*-===//

#ifndef OPML_ISA_EMITTED_H
#define OPML_ISA_EMITTED_H

#include "opml/isa/Spec.h"
#include "llvm/Support/raw_ostream.h"

namespace opml::isa {

/// The Yul function of an instruction, as it stands in the contract.
void printYulFunction(const Spec &spec, const Instruction &instruction,
                      llvm::raw_ostream &os);

/// The Yul statements that call the function of the instruction in `word`.
void printYulDispatch(const Spec &spec, llvm::raw_ostream &os);

/// The C++ function decodeOpcode.
void printCppDecoder(const Spec &spec, llvm::raw_ostream &os);

} // namespace opml::isa

#endif // OPML_ISA_EMITTED_H
