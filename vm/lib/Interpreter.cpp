//===- Interpreter.cpp - The frame around the generated handlers ----------===//
//
// Threaded code: each handler ends in a guaranteed tail call of the next one.
// The generated text is compiled twice, for single steps and for steps inside a
// block, which are counted a block at a time.
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

unsigned opml::vm::opcodeCount() { return OP_COUNT; }

//===- Handlers -----------------------------------------------------------===//

namespace {

/// Writes to $zero go to a register that nobody reads.
static constexpr uint8_t sink = 32;

/// What handlers work on. The names of registers are those of Registers, so
/// that generated code reads either.
struct Cpu {
  uint32_t gpr[sink + 1];
  uint32_t hi, lo;
  uint32_t pc, nextPc; // valid when no handler runs
  Status status;
  uint8_t cause;
  const Instruction *code;
  uint32_t codeWords;
};

} // namespace

/// A handler executes `insn`, which stands at `pc`, and what follows, until
/// `left` steps are done, the machine stops, or pc leaves the decoded words. It
/// returns the steps left. The calling convention has no callee-saved
/// registers, so that all that handlers work on stays in machine registers.
#define OPML_PARAMETERS(PC, NEXT_PC)                                           \
  Cpu *cpu, const Instruction *insn, uint32_t PC, uint32_t NEXT_PC,            \
      uint64_t left, [[maybe_unused]] uint8_t *memory,                         \
      [[maybe_unused]] uint64_t memorySize
using Handler = __attribute__((preserve_none))
uint64_t(OPML_PARAMETERS(pc, nextPc));

/// pc / 4 where pc is aligned, else beyond any program.
static inline uint32_t wordIndex(uint32_t pc) { return std::rotr(pc, 2); }

static_assert(std::endian::native == std::endian::little,
              "guest memory is accessed in place");

template <typename T>
static inline uint32_t loadMemory(const uint8_t *memory, uint32_t address) {
  T value;
  std::memcpy(&value, memory + address, sizeof(T));
  return value;
}
template <typename T>
static inline void storeMemory(uint8_t *memory, uint32_t address,
                               uint32_t value) {
  T narrow = T(value);
  std::memcpy(memory + address, &narrow, sizeof(T));
  *(memory - Memory::marksBefore + (address >> Memory::pageBits)) = 1;
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

static uint64_t halt(Cpu *cpu, uint32_t pc, uint32_t nextPc, uint64_t left) {
  cpu->status = Status::Halted;
  return stop(cpu, pc, nextPc, left - 1);
}

static uint64_t trap(Cpu *cpu, uint8_t cause, uint32_t pc, uint32_t nextPc,
                     uint64_t left) {
  cpu->status = Status::Trapped;
  cpu->cause = cause;
  return stop(cpu, pc, nextPc, left - 1);
}

using Handlers = Handler *[OP_COUNT];
extern const Handlers stepHandlers, blockHandlers;

static inline Handler *blockHandler(const Instruction *insn) {
  return reinterpret_cast<Handler *>(insn->handler);
}
static inline Handler *stepHandler(const Instruction *insn) {
  return stepHandlers[insn->opcode];
}

#define OPML_TAIL_CALL(HANDLER, PC, NEXT_PC, LEFT)                             \
  [[clang::musttail]] return HANDLER(insn)(cpu, insn, PC, NEXT_PC, LEFT,       \
                                           memory, memorySize)

/// On from a step at PC with LEFT steps left, block by block where possible.
#define OPML_GO_ON(PC, NEXT_PC, LEFT)                                          \
  do {                                                                         \
    if (wordIndex(PC) >= cpu->codeWords || (LEFT) == 0) [[unlikely]]           \
      return stop(cpu, PC, NEXT_PC, LEFT);                                     \
    insn = cpu->code + wordIndex(PC);                                          \
    if ((NEXT_PC) == (PC) + 4 && insn->blockSteps - uint64_t(1) < (LEFT))      \
      OPML_TAIL_CALL(blockHandler, PC, NEXT_PC, (LEFT) - insn->blockSteps);    \
    OPML_TAIL_CALL(stepHandler, PC, NEXT_PC, LEFT);                            \
  } while (0)

//===- Single steps, in any state -----------------------------------------===//

#define OPML_HANDLER(NAME)                                                     \
  [[clang::preserve_none]] static uint64_t step##NAME(                         \
      OPML_PARAMETERS(pc, nextPc))
#define OPML_LOCATE()
#define OPML_TRAP(CAUSE) return trap(cpu, CAUSE, pc, nextPc, left)
#define OPML_HALT() return halt(cpu, pc, nextPc, left)
#define OPML_NEXT(AFTER)                                                       \
  do {                                                                         \
    const uint32_t after = AFTER;                                              \
    OPML_GO_ON(nextPc, after, left - 1);                                       \
  } while (0)
#define OPML_CONTINUE() OPML_NEXT(nextPc + 4)
#define OPML_NULLIFY() OPML_GO_ON(nextPc + 4, nextPc + 8, left - 1)

OPML_HANDLER(RESERVED) { OPML_TRAP(CAUSE_ReservedInstruction); }

#define OPML_GET_HANDLERS
#include "Mips32.inc"

const Handlers stepHandlers = {
    stepRESERVED,
#define OPML_INSTRUCTION(NAME, MNEMONIC, BRANCHES, DESTINATION) step##NAME,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
};

#undef OPML_HANDLER
#undef OPML_LOCATE
#undef OPML_TRAP
#undef OPML_HALT
#undef OPML_NEXT
#undef OPML_CONTINUE
#undef OPML_NULLIFY

//===- Steps inside a block -----------------------------------------------===//
//
// Up to the next branch only traps and halts leave the line: all of its steps
// were taken off `left` when it was entered, and pc follows from `insn`. Who
// leaves the block earlier puts back the steps that were not executed.

#define OPML_HANDLER(NAME)                                                     \
  [[clang::preserve_none]] static uint64_t block##NAME(                        \
      OPML_PARAMETERS(entryPc, entryNextPc))
#define OPML_LOCATE()                                                          \
  [[maybe_unused]] const auto pc = uint32_t(insn - cpu->code) * 4;             \
  [[maybe_unused]] const uint32_t nextPc = pc + 4
#define OPML_TRAP(CAUSE)                                                       \
  return trap(cpu, CAUSE, pc, nextPc, left + insn->blockSteps)
#define OPML_HALT() return halt(cpu, pc, nextPc, left + insn->blockSteps)
#define OPML_NEXT(AFTER)                                                       \
  do {                                                                         \
    const uint32_t after = AFTER;                                              \
    if (wordIndex(nextPc) >= cpu->codeWords || left == 0) [[unlikely]]         \
      return stop(cpu, nextPc, after, left);                                   \
    ++insn;                                                                    \
    OPML_TAIL_CALL(stepHandler, nextPc, after, left);                          \
  } while (0)
#define OPML_CONTINUE()                                                        \
  do {                                                                         \
    ++insn;                                                                    \
    OPML_TAIL_CALL(blockHandler, entryPc, entryNextPc, left);                  \
  } while (0)
#define OPML_NULLIFY() OPML_GO_ON(nextPc + 4, nextPc + 8, left)

OPML_HANDLER(RESERVED) {
  OPML_LOCATE();
  OPML_TRAP(CAUSE_ReservedInstruction);
}

#define OPML_GET_HANDLERS
#include "Mips32.inc"

const Handlers blockHandlers = {
    blockRESERVED,
#define OPML_INSTRUCTION(NAME, MNEMONIC, BRANCHES, DESTINATION) block##NAME,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
};

//===- Decoding programs --------------------------------------------------===//

Instruction opml::vm::decode(uint32_t word) {
  static constexpr uint8_t lowBits[OP_COUNT] = {
      0,
#define OPML_INSTRUCTION(NAME, MNEMONIC, BRANCHES, DESTINATION) DESTINATION,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
  };
  Instruction result;
  result.opcode = decodeOpcode(word);
  result.rs = word >> 21 & 31;
  result.rt = word >> 16 & 31;
  result.rd = word >> 11 & 31;
  result.sa = word >> 6 & 31;
  uint8_t destination = word >> lowBits[result.opcode] & 31;
  result.destination = destination == 0 ? sink : destination;
  result.handler = reinterpret_cast<void (*)()>(blockHandlers[result.opcode]);
  result.word = word;
  return result;
}

/// True for instructions with a delay slot, and the reserved one.
static const bool endsBlock[OP_COUNT] = {
    true,
#define OPML_INSTRUCTION(NAME, MNEMONIC, BRANCHES, DESTINATION) BRANCHES,
#define OPML_GET_INSTRUCTIONS
#include "Mips32.inc"
};

std::vector<Instruction>
opml::vm::decodeProgram(std::span<const uint32_t> words) {
  std::vector<Instruction> code(words.size());
  uint32_t blockSteps = 0; // there is no end yet
  for (size_t i = words.size(); i-- > 0;) {
    code[i] = decode(words[i]);
    if (endsBlock[code[i].opcode])
      blockSteps = 1;
    else if (blockSteps != 0)
      ++blockSteps;
    code[i].blockSteps = blockSteps;
  }
  return code;
}

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
  std::memcpy(cpu.gpr, registers.gpr, sizeof(registers.gpr));
  cpu.hi = registers.hi;
  cpu.lo = registers.lo;
  cpu.pc = registers.pc;
  cpu.nextPc = registers.nextPc;
  cpu.status = registers.status;
  cpu.cause = registers.cause;
  cpu.code = code.instructions.data();
  cpu.codeWords = uint32_t(code.instructions.size());

  uint64_t left = maxSteps;
  while (left > 0 && cpu.status == Status::Running) {
    uint32_t index = wordIndex(cpu.pc);
    if (index < cpu.codeWords) {
      const Instruction *insn = cpu.code + index;
      left = stepHandler(insn)(&cpu, insn, cpu.pc, cpu.nextPc, left,
                               memory.pages(), memory.size());
    } else {
      left =
          trap(&cpu, fetchCause(cpu.pc, code.depth), cpu.pc, cpu.nextPc, left);
    }
  }

  std::memcpy(registers.gpr, cpu.gpr, sizeof(registers.gpr));
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
