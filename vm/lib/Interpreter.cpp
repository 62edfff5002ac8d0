//===- Interpreter.cpp - The frame around the generated handlers ----------===//
//
// Threaded code: each handler ends in a guaranteed tail call of the next one,
// with pc, nextPc and the number of steps left in machine registers. Decoding
// is done once per program, in decode().
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Interpreter.h"
#include "opml/vm/Engine.h"
#include "opml/vm/Memory.h"
#include <bit>
#include <cstring>

using namespace opml::vm;

#define OPML_GET_OPCODES
#include "Mips32.inc"

#define OPML_GET_DECODER
#include "Mips32.inc"

Instruction opml::vm::decode(uint32_t word) {
  return {decodeOpcode(word),       uint8_t(word >> 21 & 31),
          uint8_t(word >> 16 & 31), uint8_t(word >> 11 & 31),
          uint8_t(word >> 6 & 31),  word};
}

unsigned opml::vm::opcodeCount() { return OP_COUNT; }

//===- Handlers -----------------------------------------------------------===//

namespace {

/// What handlers work on. The names of registers are those of Registers, so
/// that generated code reads either.
struct Cpu {
  uint32_t gpr[32];
  uint32_t hi, lo;
  uint32_t pc, nextPc; // valid when no handler runs
  Status status;
  uint8_t cause;
  const Instruction *code;
  uint32_t codeWords;
  uint8_t *memory;
  uint64_t memorySize;
};

} // namespace

/// Executes `insn`, which stands at `pc`, and what follows, until `left` steps
/// are done, the machine stops, or pc leaves the decoded words. Returns the
/// steps left.
using Handler = uint64_t (*)(Cpu *cpu, const Instruction *insn, uint32_t pc,
                             uint32_t nextPc, uint64_t left);

/// pc / 4 where pc is aligned, else beyond any program.
static inline uint32_t wordIndex(uint32_t pc) { return std::rotr(pc, 2); }

static inline void setGpr(Cpu *cpu, unsigned number, uint32_t value) {
  cpu->gpr[number] = value;
  cpu->gpr[0] = 0;
}

static_assert(std::endian::native == std::endian::little,
              "guest memory is accessed in place");

template <typename T>
static inline uint32_t loadMemory(const Cpu *cpu, uint32_t address) {
  T value;
  std::memcpy(&value, cpu->memory + address, sizeof(T));
  return value;
}
template <typename T>
static inline void storeMemory(Cpu *cpu, uint32_t address, uint32_t value) {
  T narrow = T(value);
  std::memcpy(cpu->memory + address, &narrow, sizeof(T));
  *(cpu->memory - Memory::marksBefore + (address >> Memory::pageBits)) = 1;
}
static constexpr auto loadMemory8 = loadMemory<uint8_t>;
static constexpr auto loadMemory16 = loadMemory<uint16_t>;
static constexpr auto loadMemory32 = loadMemory<uint32_t>;
static constexpr auto storeMemory8 = storeMemory<uint8_t>;
static constexpr auto storeMemory16 = storeMemory<uint16_t>;
static constexpr auto storeMemory32 = storeMemory<uint32_t>;

static uint64_t stop(Cpu *cpu, uint32_t pc, uint32_t nextPc, uint64_t left) {
  cpu->pc = pc;
  cpu->nextPc = nextPc;
  return left;
}

static uint64_t trap(Cpu *cpu, uint8_t cause, uint32_t pc, uint32_t nextPc,
                     uint64_t left) {
  cpu->status = Status::Trapped;
  cpu->cause = cause;
  return stop(cpu, pc, nextPc, left - 1);
}

#define OPML_HANDLER(NAME)                                                     \
  static uint64_t execute##NAME(Cpu *cpu, const Instruction *insn,             \
                                uint32_t pc, uint32_t nextPc, uint64_t left)

#define OPML_TRAP(CAUSE) return trap(cpu, CAUSE, pc, nextPc, left)

#define OPML_HALT()                                                            \
  do {                                                                         \
    cpu->status = Status::Halted;                                              \
    return stop(cpu, pc, nextPc, left - 1);                                    \
  } while (0)

/// The step is done; the one after next is at AFTER, which may name pc: the
/// address of this instruction, so it is evaluated before pc moves.
#define OPML_NEXT(AFTER)                                                       \
  do {                                                                         \
    uint32_t after = AFTER;                                                    \
    pc = nextPc;                                                               \
    nextPc = after;                                                            \
    --left;                                                                    \
    if (wordIndex(pc) >= cpu->codeWords || left == 0) [[unlikely]]             \
      return stop(cpu, pc, nextPc, left);                                      \
    insn = cpu->code + wordIndex(pc);                                          \
    [[clang::musttail]] return handlers[insn->opcode](cpu, insn, pc, nextPc,   \
                                                      left);                   \
  } while (0)

extern const Handler handlers[OP_COUNT];

OPML_HANDLER(RESERVED) { OPML_TRAP(CAUSE_ReservedInstruction); }

#define OPML_GET_HANDLERS
#include "Mips32.inc"

const Handler handlers[OP_COUNT] = {
    executeRESERVED,
#define OPML_INSTRUCTION(NAME, MNEMONIC) execute##NAME,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
};

//===- The transition function --------------------------------------------===//

/// The trap of a step whose pc is outside the decoded words.
static uint8_t fetchCause(uint32_t pc, unsigned depth) {
  if (pc & 3)
    return CAUSE_MisalignedFetch;
  if (depth < 27 && pc >> (depth + 5))
    return CAUSE_FetchOutOfRange;
  return CAUSE_ReservedInstruction; // the padding
}

uint64_t opml::vm::interpret(Registers &registers, const Code &code,
                             Memory &memory, uint64_t maxSteps) {
  if (registers.status != Status::Running)
    return 0;
  Cpu cpu;
  std::memcpy(cpu.gpr, registers.gpr, sizeof(cpu.gpr));
  cpu.hi = registers.hi;
  cpu.lo = registers.lo;
  cpu.pc = registers.pc;
  cpu.nextPc = registers.nextPc;
  cpu.status = registers.status;
  cpu.cause = registers.cause;
  cpu.code = code.instructions.data();
  cpu.codeWords = uint32_t(code.instructions.size());
  cpu.memory = memory.pages();
  cpu.memorySize = memory.size();

  uint64_t left = maxSteps;
  while (left > 0 && cpu.status == Status::Running) {
    uint32_t index = wordIndex(cpu.pc);
    if (index < cpu.codeWords) {
      const Instruction *insn = cpu.code + index;
      left = handlers[insn->opcode](&cpu, insn, cpu.pc, cpu.nextPc, left);
    } else {
      left =
          trap(&cpu, fetchCause(cpu.pc, code.depth), cpu.pc, cpu.nextPc, left);
    }
  }

  std::memcpy(registers.gpr, cpu.gpr, sizeof(cpu.gpr));
  registers.hi = cpu.hi;
  registers.lo = cpu.lo;
  registers.pc = cpu.pc;
  registers.nextPc = cpu.nextPc;
  registers.status = cpu.status;
  registers.cause = cpu.cause;
  return maxSteps - left;
}

namespace {
class Interpreter final : public Engine {
public:
  explicit Interpreter(const Code &code) : code(code) {}
  uint64_t run(Registers &registers, Memory &memory,
               uint64_t maxSteps) override {
    return interpret(registers, code, memory, maxSteps);
  }

private:
  Code code;
};
} // namespace

std::unique_ptr<Engine> opml::vm::createInterpreter(const Code &code) {
  return std::make_unique<Interpreter>(code);
}

//===- What the next step looks at ----------------------------------------===//

bool opml::vm::fetchesCode(const Registers &registers, const Code &code) {
  return registers.status == Status::Running && registers.pc % 4 == 0 &&
         (code.depth >= 27 || registers.pc >> (code.depth + 5) == 0);
}

namespace {
struct Access {
  uint32_t address;
  uint32_t bytes;
};
} // namespace

/// Where an instruction accesses data memory, whether it may or not.
static std::optional<Access> findAccess(const Registers *cpu,
                                        const Instruction *insn) {
  switch (insn->opcode) {
#define OPML_GET_ACCESSES
#include "Mips32.inc"
  default:
    return std::nullopt;
  }
}

std::optional<uint32_t> opml::vm::touchedWord(const Registers &registers,
                                              const Code &code,
                                              uint64_t memorySize) {
  uint32_t index = wordIndex(registers.pc);
  if (!fetchesCode(registers, code) || index >= code.instructions.size())
    return std::nullopt;
  auto access = findAccess(&registers, &code.instructions[index]);
  if (!access || access->address % access->bytes != 0 ||
      access->address >= memorySize)
    return std::nullopt;
  return access->address & ~3u;
}
