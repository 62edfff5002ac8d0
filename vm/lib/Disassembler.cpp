//===- Disassembler.cpp - Assembly text from the spec's strings -----------===//

#include "opml/vm/Interpreter.h"

using namespace opml::vm;

#define OPML_GET_OPCODES
#include "Mips32.inc"

static std::string registerName(uint32_t number) {
  static constexpr const char *names[32] = {
      "$zero", "$at", "$v0", "$v1", "$a0", "$a1", "$a2", "$a3",
      "$t0",   "$t1", "$t2", "$t3", "$t4", "$t5", "$t6", "$t7",
      "$s0",   "$s1", "$s2", "$s3", "$s4", "$s5", "$s6", "$s7",
      "$t8",   "$t9", "$k0", "$k1", "$gp", "$sp", "$fp", "$ra"};
  return names[number];
}

static std::string decimal(int64_t value) { return std::to_string(value); }

static std::string hexadecimal(uint32_t value) {
  std::string digits;
  do
    digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
  while (value >>= 4);
  return "0x" + digits;
}

std::string opml::vm::disassemble(uint32_t word, uint32_t pc) {
  switch (decode(word).opcode) {
#define OPML_GET_ASSEMBLY
#include "Mips32.inc"
  default:
    return ".word " + hexadecimal(word);
  }
}

std::string_view opml::vm::mnemonic(uint16_t opcode) {
  static constexpr std::string_view mnemonics[] = {
      "reserved",
#define OPML_INSTRUCTION(NAME, MNEMONIC, BRANCHES, DESTINATION) MNEMONIC,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
  };
  return opcode < std::size(mnemonics) ? mnemonics[opcode] : mnemonics[0];
}

std::string_view opml::vm::causeName(uint8_t cause) {
  switch (cause) {
#define OPML_CAUSE(NAME, NUMBER)                                               \
  case NUMBER:                                                                 \
    return #NAME;
#define OPML_GET_CAUSES
#include "Mips32.inc"
  default:
    return "none";
  }
}
