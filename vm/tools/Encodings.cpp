//===- Encodings.cpp - Instruction encodings, asked of the decoder --------===//

#include "Encodings.h"

using namespace opml::vm;

/// An encoding is a set of fixed bits, so each other one can be turned alone.
static uint32_t findOperandBits(uint32_t word) {
  uint16_t opcode = decode(word).opcode;
  uint32_t bits = 0;
  for (uint32_t bit = 1; bit != 0; bit <<= 1)
    if (decode(word ^ bit).opcode == opcode)
      bits |= bit;
  return bits;
}

bool opml::vm::accessesMemory(uint32_t word) {
  Instruction instruction = decode(word);
  // Address 0 for whatever base register there is.
  Registers registers;
  for (unsigned i = 1; i < 32; ++i)
    registers.gpr[i] = -uint32_t(int16_t(word & 0xffff));
  return touchedWord(registers, {{&instruction, 1}, 0}, uint64_t(1) << 32)
      .has_value();
}

std::vector<Encoding>
opml::vm::findEncodings(const std::vector<StepVector> &spec) {
  std::map<uint16_t, Encoding> byOpcode;
  for (const StepVector &vector : spec) {
    uint16_t opcode = decode(vector.word).opcode;
    if (opcode == 0 || byOpcode.count(opcode))
      continue;
    uint32_t operandBits = findOperandBits(vector.word);
    byOpcode[opcode] = {opcode, vector.word & ~operandBits, operandBits};
  }
  std::vector<Encoding> encodings;
  encodings.reserve(byOpcode.size());
  for (const auto &[opcode, encoding] : byOpcode)
    encodings.push_back(encoding);
  return encodings;
}
