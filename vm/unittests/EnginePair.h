//===- EnginePair.h - A program on both engines -----------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_ENGINEPAIR_H
#define OPML_VM_UNITTESTS_ENGINEPAIR_H

#include "GuestProgram.h"
#include "TestEngines.h"
#include "TestMemory.h"

namespace opml::vm::test {

constexpr Gpr ra = Gpr(31);
constexpr uint32_t reservedWord = 0xffffffff;
constexpr uint32_t jr(Gpr rs) { return rs << 21 | 0x08; }
constexpr uint32_t jal(uint32_t address) { return 3u << 26 | address >> 2; }
constexpr uint32_t bne(Gpr rs, Gpr rt, int16_t offset) {
  return iType(0x05, rs, rt, uint16_t(offset));
}

class EnginePair {
public:
  explicit EnginePair(const Words &words, unsigned depth = 20)
      : instructions(decodeProgram(words)), code{instructions, depth},
        translator(std::move(*Translator::create(code))) {}

  /// Both engines, from the same state, after the same number of steps.
  void expectEqual(const Registers &before, const Bytes &memory,
                   uint64_t steps) {
    Memory expected = memoryOf(memory), actual = memoryOf(memory);
    run(before, expected, actual, steps);
    EXPECT_EQ(bytesOf(actual), bytesOf(expected));
  }
  void run(const Registers &before, Memory &expectedMemory,
           Memory &actualMemory, uint64_t steps) {
    Registers expected = before, actual = before;
    uint64_t expectedSteps = interpret(expected, code, expectedMemory, steps);
    EXPECT_EQ(translator->run(actual, actualMemory, steps), expectedSteps);
    EXPECT_EQ(actual, expected)
        << steps << " steps from pc " << before.pc << " to " << expected.pc
        << " and " << actual.pc << ", causes " << int(expected.cause) << " and "
        << int(actual.cause);
    EXPECT_EQ(actualMemory.takeWrittenPages(),
              expectedMemory.takeWrittenPages());
  }

  std::vector<Instruction> instructions;
  Code code;
  std::unique_ptr<Translator> translator;
};

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_ENGINEPAIR_H
