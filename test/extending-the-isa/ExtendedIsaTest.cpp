//===- ExtendedIsaTest.cpp - The instruction that the page adds -----------===//
//
// dp4a of docs/extending-the-isa.md, on engines made from the extended spec,
// against sums computed here.
//
//===----------------------------------------------------------------------===//

#include "GuestProgram.h"
#include "TestMemory.h"
#include "opml/vm/Translator.h"
#include <gtest/gtest.h>
#include <random>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

constexpr uint32_t special2 = 0x1c, userDefined0 = 0x10;

constexpr uint32_t dp4a(uint32_t rd, uint32_t rs, uint32_t rt) {
  return special2 << 26 | rs << 21 | rt << 16 | rd << 11 | userDefined0;
}

uint32_t expectedDp4a(uint32_t accumulator, uint32_t a, uint32_t b) {
  int64_t sum = accumulator;
  for (int shift = 0; shift < 32; shift += 8)
    sum += int64_t(int8_t(a >> shift)) * int8_t(b >> shift);
  return uint32_t(sum);
}

/// Runs a program that ends in a halt on both engines, which must agree, and
/// returns the registers. The translator may interpret the halt only.
Registers runBoth(const Words &words, const Registers &start,
                  const Bytes &memory) {
  std::vector<Instruction> instructions = decodeProgram(words);
  Code code{instructions, 20};
  Registers interpreted = start, translated = start;
  Memory one = memoryOf(memory), other = memoryOf(memory);
  uint64_t steps = interpret(interpreted, code, one, UINT64_MAX);
  auto translator = Translator::create(code);
  EXPECT_TRUE(translator) << translator.error().message;
  EXPECT_EQ((*translator)->run(translated, other, UINT64_MAX), steps);
  EXPECT_EQ((*translator)->stats().interpretedSteps, 1u);
  EXPECT_EQ(translated, interpreted);
  EXPECT_EQ(bytesOf(one), bytesOf(other));
  EXPECT_EQ(interpreted.status, Status::Halted);
  return interpreted;
}

TEST(ExtendedIsa, DecodesTheNewInstruction) {
  EXPECT_EQ(disassemble(dp4a(10, 8, 9), 0), "dp4a $t2, $t0, $t1");
  EXPECT_EQ(mnemonic(decode(dp4a(10, 8, 9) | 0x40).opcode), "reserved");
}

TEST(ExtendedIsa, EnginesGiveTheSumOfProducts) {
  std::mt19937 random(4);
  auto value = [&] {
    static constexpr uint32_t edges[] = {
        0, 1, 0x80808080, 0x7f7f7f7f, ~0u, 0x80000000, 0x007f80ff};
    return random() % 2 ? uint32_t(random()) : edges[random() % 7];
  };
  for (int program = 0; program < 50; ++program) {
    Registers registers;
    for (unsigned i = 1; i < 32; ++i)
      registers.gpr[i] = value();
    Words words;
    Registers expected = registers;
    for (int i = 0; i < 40; ++i) {
      // Often the same register, or $zero; never $v0, which says how to halt.
      uint32_t rs = random() % 32, rt = random() % 3 ? random() % 32 : rs;
      uint32_t rd = random() % 3 ? random() % 32 : rt;
      if (rd == v0)
        continue;
      words.push_back(dp4a(rd, rs, rt));
      uint32_t *gpr = expected.gpr;
      if (rd != 0)
        gpr[rd] = expectedDp4a(gpr[rd], gpr[rs], gpr[rt]);
    }
    append(words, {loadExit, systemCall});
    expected.gpr[v0] = 4001;
    expected.pc = uint32_t(words.size() - 1) * 4;
    expected.nextPc = expected.pc + 4;
    expected.status = Status::Halted;
    EXPECT_EQ(runBoth(words, registers, Bytes(32)), expected);
  }
}

TEST(ExtendedIsa, LoopOverArrays) {
  constexpr uint16_t length = 512;
  const Words words = {
      addiu(a0, zero, 0),
      /* 0x04 */ lw(t0, 0, a0),
      lw(t1, length, a0),
      addiu(a0, a0, 4),
      addiu(v0, a0, uint16_t(-length)),
      iType(0x05, v0, zero, uint16_t(-5)), // bne: to 0x04
      dp4a(sp, t0, t1),                    // in the delay slot
      loadExit,
      systemCall,
  };
  std::mt19937 random(5);
  Bytes memory(2 * length);
  for (uint8_t &byte : memory)
    byte = uint8_t(random());
  int32_t sum = 0;
  for (unsigned i = 0; i < length; ++i)
    sum += int8_t(memory[i]) * int8_t(memory[length + i]);
  EXPECT_EQ(runBoth(words, Registers(), memory).gpr[sp], uint32_t(sum));
}

} // namespace
