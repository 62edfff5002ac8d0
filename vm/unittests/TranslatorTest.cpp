//===- TranslatorTest.cpp - The translator against the interpreter --------===//
//
// Both are run from one state for the same number of steps and must leave the
// same state.
//
//===----------------------------------------------------------------------===//

#include "EnginePair.h"
#include "VectorFile.h"
#include <cstring>
#include <random>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

/// Counts $t0 down from 5 in a function that is called twice, then halts.
const Words twoCalls = {
    addiu(sp, zero, 2),
    /* 0x04 */ jal(0x20),
    addiu(t0, zero, 5), // in the delay slot
    addiu(sp, sp, uint16_t(-1)),
    /* 0x10 */ iType(0x05, sp, zero, uint16_t(-4)), // bne: to 0x04
    loadExit,
    systemCall,
    nop,
    /* 0x20 */ addiu(t0, t0, uint16_t(-1)),
    sw(t0, 0x40, zero),
    iType(0x05, t0, zero, uint16_t(-3)), // bne: to 0x20
    addu(t1, t1, t0),
    jr(ra),
    lw(v0, 0x40, zero),
};

TEST(Translator, StopsAtEveryStep) {
  EnginePair pair(twoCalls);
  for (uint64_t steps = 0; steps < 80; ++steps)
    pair.expectEqual({}, Bytes(256), steps);
}

TEST(Translator, ContinuesFromEveryStep) {
  EnginePair pair(twoCalls);
  for (uint64_t first = 0; first < 60; ++first) {
    Registers registers;
    Memory memory = memoryOf(Bytes(256));
    interpret(registers, pair.code, memory, first);
    for (uint64_t steps : {1, 2, 3, 7, 100})
      pair.expectEqual(registers, bytesOf(memory), steps);
  }
}

TEST(Translator, InterpretsNoMoreThanTheLastBlock) {
  Words words = {addiu(t0, zero, 20000),
                 addiu(t0, t0, uint16_t(-1)),
                 iType(0x05, t0, zero, uint16_t(-2)),
                 nop,
                 loadExit,
                 systemCall};
  EnginePair pair(words);
  pair.expectEqual({}, Bytes(256), UINT64_MAX);
  EXPECT_EQ(pair.translator->stats().interpretedSteps, 1u); // the halt
  pair.expectEqual({}, Bytes(256), 50000);
  EXPECT_LE(pair.translator->stats().interpretedSteps, 70u);
}

TEST(Translator, ALimitInALoopDoesNotSlowDownWhatFollows) {
  Words words = {addiu(t0, t0, 1), addiu(t1, t1, 3), beq(zero, zero, -3), nop};
  EnginePair pair(words);
  Registers registers;
  Memory memory = memoryOf(Bytes(256));
  constexpr uint64_t chunk = 100'001;
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(pair.translator->run(registers, memory, chunk), chunk);
  EXPECT_LE(pair.translator->stats().interpretedSteps, 50u * 70);
  Registers expected;
  interpret(expected, pair.code, memory, 50 * chunk);
  EXPECT_EQ(registers, expected);
}

TEST(Translator, EntersAnywhereAndInDelaySlots) {
  EnginePair pair(twoCalls);
  for (uint32_t pc = 0; pc < 4 * twoCalls.size(); pc += 4)
    for (uint32_t nextPc : {pc + 4, 0u, 0x20u, 2u, 0x1000u, 0xfffffffcu})
      for (uint64_t steps : {1, 2, 3, 50}) {
        Registers registers;
        registers.pc = pc;
        registers.nextPc = nextPc;
        registers.gpr[ra] = 0x14;
        pair.expectEqual(registers, Bytes(256), steps);
      }
}

TEST(Translator, JumpsToWhereThereIsNoCodeTrapThere) {
  EnginePair pair({jr(t0), addiu(t1, t1, 1), reservedWord}, 3);
  for (uint32_t target : {2u, 4u, 8u, 12u, 252u, 256u, 257u, 0xfffffffcu})
    for (uint64_t steps = 0; steps < 6; ++steps) {
      Registers registers;
      registers.gpr[t0] = target;
      pair.expectEqual(registers, Bytes(256), steps);
    }
}

TEST(Translator, TranslatesNoMoreThanItsShareOfJumpsIntoTheMiddle) {
  // A long line of code, entered at every word.
  Words words(2000, addiu(t1, t1, 1));
  words.push_back(jr(ra));
  words.push_back(nop);
  EnginePair pair(words);
  for (uint32_t index = 2000; index-- > 0;) {
    Registers registers;
    registers.pc = 4 * index;
    registers.nextPc = registers.pc + 4;
    registers.gpr[ra] = 4 * index;
    Registers expected = registers;
    Memory memory = memoryOf(Bytes(256));
    interpret(expected, pair.code, memory, 5000);
    pair.translator->run(registers, memory, 5000);
    ASSERT_EQ(registers, expected);
  }
  EXPECT_LE(pair.translator->stats().translatedInstructions, 9 * words.size());
}

/// Adds up words in a loop whose end is likely; the delay slot loads, writes
/// what the loop reads, and is nullified once a turn of the outer loop.
const Words likelyLoops = {
    addiu(t1, zero, 3),
    /* 0x04 */ addiu(t0, zero, 4),
    /* 0x08 */ addiu(t0, t0, uint16_t(-1)),
    addu(v0, v0, t0),
    iType(0x15, t0, zero, uint16_t(-3)), // bnel: to 0x08
    lw(v0, 0x40, t1),                    // traps where $t1 is odd
    /* 0x18 */ addiu(t1, t1, uint16_t(-4)),
    iType(0x01, t1, Gpr(0x13), 2), // bgezall: to 0x28
    addiu(sp, ra, 1),
    beq(zero, zero, -8), // to 0x04
    /* 0x28 */ addiu(sp, sp, 1),
    loadExit,
    systemCall,
};

TEST(Translator, StopsAtEveryStepOfLikelyBranches) {
  EnginePair pair(likelyLoops);
  for (uint16_t base : {0, 1, 64, 250, 256})
    for (uint64_t steps = 0; steps < 60; ++steps) {
      Registers registers;
      registers.pc = 4;
      registers.nextPc = 8;
      registers.gpr[t1] = base;
      pair.expectEqual(registers, Bytes(256), steps);
    }
}

TEST(Translator, TranslatesLikelyBranchesAndTheirDelaySlots) {
  Words words = {addiu(t0, zero, 20000),
                 addiu(t0, t0, uint16_t(-1)),
                 iType(0x15, t0, zero, uint16_t(-2)), // bnel
                 addiu(t1, t1, 1),
                 iType(0x14, t0, t1, 1), // beql: not taken
                 reservedWord,
                 loadExit,
                 systemCall};
  EnginePair pair(words);
  pair.expectEqual({}, Bytes(256), UINT64_MAX);
  EXPECT_EQ(pair.translator->stats().interpretedSteps, 1u); // the halt
}

//===- Every instruction --------------------------------------------------===//

class Vectors : public testing::Test {
protected:
  void SetUp() override {
    auto read = readVectors(OPML_ISA_VECTORS);
    ASSERT_TRUE(read) << read.error().message;
    vectors = std::move(*read);
  }
  std::vector<StepVector> vectors;
};

/// Each vector's word stands somewhere else than in the vector, with a delay
/// slot behind it: what is compared is engine with engine.
TEST_F(Vectors, Agree) {
  constexpr size_t batch = 64, stride = 3;
  uint64_t interpreted = 0, stopped = 0, run = 0;
  for (size_t first = 0; first < vectors.size(); first += batch * stride) {
    Words words;
    std::vector<const StepVector *> chosen;
    for (size_t i = first; i < vectors.size() && chosen.size() < batch;
         i += stride) {
      chosen.push_back(&vectors[i]);
      append(words, {vectors[i].word, addiu(t0, t0, 1), reservedWord});
    }
    EnginePair pair(words);
    for (size_t i = 0; i < chosen.size(); ++i) {
      SCOPED_TRACE(chosen[i]->name);
      Registers registers = chosen[i]->pre;
      registers.pc = uint32_t(12 * i);
      registers.nextPc = registers.pc + 4;
      Bytes memory(size_t(32) << chosen[i]->memDepth);
      for (auto [address, word] : chosen[i]->memory)
        std::memcpy(&memory[address], &word, sizeof word);
      for (uint64_t steps : {2, 1, 3})
        pair.expectEqual(registers, memory, steps);
      if (registers.status != Status::Running)
        continue;
      run += 2;
      Memory after = memoryOf(memory);
      interpret(registers, pair.code, after, 2);
      stopped += registers.status != Status::Running;
    }
    interpreted += pair.translator->stats().interpretedSteps;
  }
  EXPECT_GT(run, 3000u);
  // Of six steps each, at most two or three were not translated.
  EXPECT_LT(interpreted, 2 * run);
  EXPECT_LT(stopped, run / 4);
}

/// Random sequences of the vectors' words, with loops, traps and branches in
/// delay slots among them.
TEST_F(Vectors, AgreeInRandomSequences) {
  std::mt19937 random(20260101);
  auto below = [&](size_t n) { return random() % n; };
  for (int i = 0; i < 120; ++i) {
    SCOPED_TRACE("program " + std::to_string(i));
    Words words;
    for (int j = 0; j < 24; ++j) {
      words.push_back(vectors[below(vectors.size())].word);
      if (below(4) == 0)
        append(words, {iType(uint32_t(4 + below(4)), Gpr(below(32)), zero,
                             uint16_t(below(16) - 8)),
                       addiu(Gpr(below(32)), zero, uint16_t(below(64) * 4))});
    }
    EnginePair pair(words);
    for (int start = 0; start < 12; ++start) {
      Registers registers;
      for (int r = 1; r < 32; ++r)
        registers.gpr[r] = below(2) ? uint32_t(below(64) * 4) : random();
      registers.hi = random();
      registers.pc = uint32_t(4 * below(words.size()));
      registers.nextPc = registers.pc + 4;
      Bytes memory(256);
      for (uint8_t &byte : memory)
        byte = uint8_t(random());
      for (uint64_t steps : {uint64_t(1000), below(12), below(60)})
        pair.expectEqual(registers, memory, steps);
    }
  }
}

} // namespace
