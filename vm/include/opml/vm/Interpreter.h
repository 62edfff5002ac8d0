//===- Interpreter.h - The machine's transition function --------*- C++ -*-===//
//
// Decoder and handlers are generated from vm/isa/Mips32.td by opml-isa-gen;
// this header is the hand-written frame around them. The transition function
// is total: every register state has a successor, and stepping a halted or
// trapped machine is the identity.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_INTERPRETER_H
#define OPML_VM_INTERPRETER_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace opml::vm {

class Memory;

enum class Status : uint8_t { Running = 0, Halted = 1, Trapped = 2 };

/// The machine's registers: all of its state but for code and data memory.
/// Causes are numbered in vm/isa/Mips32.td; 0 while not trapped.
struct Registers {
  uint32_t pc = 0;
  uint32_t nextPc = 4;
  uint32_t hi = 0;
  uint32_t lo = 0;
  uint32_t gpr[32] = {}; // gpr[0] stays 0
  Status status = Status::Running;
  uint8_t cause = 0;

  bool operator==(const Registers &) const = default;
};

/// One pre-decoded instruction word. `opcode` indexes the generated table;
/// 0 is the reserved instruction.
struct Instruction {
  uint16_t opcode = 0;
  uint8_t rs = 0, rt = 0, rd = 0, sa = 0;
  uint32_t word = 0;
  /// From here to the end of the block, which is a branch or a reserved word,
  /// its delay slot not included; 0 if no end is known.
  uint32_t blockSteps = 0;
  // The interpreter's: where the result goes, and who executes the instruction
  // inside a block.
  uint8_t destination = 0;
  void (*handler)() = nullptr;
};

/// The code of a program: the words at code addresses 0, 4, …, and the depth
/// of its tree. Words from the end of `instructions` up to 2^(depth + 3) are
/// padding, which is a reserved encoding.
struct Code {
  std::span<const Instruction> instructions;
  unsigned depth = 0;
};

/// Decodes a word that stands alone.
Instruction decode(uint32_t word);
std::vector<Instruction> decodeProgram(std::span<const uint32_t> words);

/// The mnemonic in the spec's assembly string, "reserved" for opcode 0.
std::string_view mnemonic(uint16_t opcode);

/// The name of a trap cause in vm/isa/Mips32.td, "none" for 0.
std::string_view causeName(uint8_t cause);

/// Assembly text of one word at code address `pc`; ".word 0x…" if reserved.
std::string disassemble(uint32_t word, uint32_t pc);

/// Number of opcodes including the reserved one.
unsigned opcodeCount();

/// Executes at most `maxSteps` steps and returns how many were executed; fewer
/// only if the machine halted or trapped (the step that halts or traps counts).
uint64_t interpret(Registers &registers, const Code &code, Memory &memory,
                   uint64_t maxSteps);

/// True if the next step fetches a word, so that its witness holds a code
/// proof: the machine runs, pc is aligned and inside the code tree.
bool fetchesCode(const Registers &registers, const Code &code);

/// The word-aligned data address that the next step reads or writes, if the
/// step gets as far as touching data memory (it fetches, and neither the
/// instruction, its alignment nor its range traps first).
std::optional<uint32_t> touchedWord(const Registers &registers,
                                    const Code &code, uint64_t memorySize);

} // namespace opml::vm

#endif // OPML_VM_INTERPRETER_H
