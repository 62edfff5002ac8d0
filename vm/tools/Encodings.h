//===- Encodings.h - Instruction encodings, asked of the decoder -*- C++
//-*-===//
//
// Random tests vary the words of an instruction without knowing its format, so
// that a new instruction of the spec is tested without a change here.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_ENCODINGS_H
#define OPML_VM_TOOLS_ENCODINGS_H

#include "VectorFile.h"

namespace opml::vm {

struct Encoding {
  uint16_t opcode = 0;
  uint32_t fixed = 0;       // a word whose operand bits are all 0
  uint32_t operandBits = 0; // every combination of these is the same opcode

  uint32_t word(uint32_t operands) const {
    return fixed | (operands & operandBits);
  }
};

/// True if the word reads or writes data memory where its registers allow.
bool accessesMemory(uint32_t word);

/// One for each instruction that `spec` has a vector of, by opcode.
std::vector<Encoding> findEncodings(const std::vector<StepVector> &spec);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_ENCODINGS_H
