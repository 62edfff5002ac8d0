//===- InterpreterTest.cpp - The spec's vectors, steps, traps -------------===//

#include "DescribeRegisters.h"
#include "GuestProgram.h"
#include "TestEngines.h"
#include "TestMemory.h"
#include "VectorFile.h"

#include <cstring>
#include <random>

using namespace opml::vm;
using namespace opml::vm::test;
using opml::vm::test::createEngine;

namespace {

std::vector<Instruction> assemble(std::initializer_list<uint32_t> words) {
  return decodeProgram({words.begin(), words.size()});
}

constexpr uint32_t addiuT0 = 0x25080001;      // addiu $t0, $t0, 1
constexpr uint32_t branchToSelf = 0x1000ffff; // beq $zero, $zero, .
constexpr uint32_t jrT0 = 0x01000008;         // jr $t0
constexpr uint32_t beqlZero = 0x50000002; // beql $zero, $zero: to the fourth
constexpr uint32_t bnelZero = 0x54000002; // bnel $zero, $zero: never taken
constexpr uint32_t reservedWord = 0xffffffff;
constexpr unsigned depth = 1; // 16 words of code
constexpr uint8_t misalignedFetch = 1, fetchOutOfRange = 2, reserved = 3,
                  branchInDelaySlot = 4;

/// What every engine must do.
class EveryEngine : public testing::TestWithParam<const char *> {
protected:
  uint64_t run(Registers &registers, const Code &code, Memory &memory,
               uint64_t maxSteps) {
    return createEngine(GetParam(), code)->run(registers, memory, maxSteps);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, EveryEngine, everyEngine,
                         [](const auto &info) { return info.param; });

} // namespace

TEST_P(EveryEngine, HandWorkedVectors) {
  auto vectors = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(vectors) << vectors.error().message;
  unsigned checked = 0;
  for (const StepVector &vector : *vectors) {
    if (!vector.post)
      continue;
    OneInstruction program(vector.word, vector.pre.pc, vector.codeDepth);
    Memory memory = memoryOf(denseMemory(vector.memory, vector.memDepth));
    Registers registers = vector.pre;
    EXPECT_EQ(run(registers, program.code(), memory, 1), 1u);
    EXPECT_EQ(registers, *vector.post) << vector.name;
    EXPECT_EQ(bytesOf(memory), denseMemory(vector.postMemory, vector.memDepth))
        << vector.name;
    ++checked;
  }
  // Every instruction has at least one; the reserved one is none.
  EXPECT_GE(checked, opcodeCount() - 1);
}

TEST(Interpreter, TouchedWordIsTheOnlyOneThatChanges) {
  auto vectors = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(vectors) << vectors.error().message;
  for (const StepVector &vector : *vectors) {
    OneInstruction program(vector.word, vector.pre.pc, vector.codeDepth);
    auto before = denseMemory(vector.memory, vector.memDepth);
    auto touched = touchedWord(vector.pre, program.code(), before.size());
    Memory memory = memoryOf(before);
    Registers registers = vector.pre;
    interpret(registers, program.code(), memory, 1);
    Bytes after = bytesOf(memory);
    if (touched) {
      ASSERT_EQ(*touched % 4, 0u) << vector.name;
      ASSERT_LT(*touched, before.size()) << vector.name;
      std::memcpy(&before[*touched], &after[*touched], 4);
    }
    EXPECT_EQ(before, after) << vector.name;
    EXPECT_EQ(registers.gpr[0], 0u) << vector.name;
    // A step that could touch memory but does not must have trapped.
    if (touched)
      EXPECT_NE(registers.status, Status::Trapped) << vector.name;
  }
}

TEST_P(EveryEngine, CountsStepsExactly) {
  auto code = assemble({addiuT0, branchToSelf, addiuT0});
  Registers registers;
  Memory memory = memoryOf(Bytes(32));
  EXPECT_EQ(run(registers, {code, depth}, memory, 0), 0u);
  EXPECT_EQ(registers, Registers());
  EXPECT_EQ(run(registers, {code, depth}, memory, 1001), 1001u);
  EXPECT_EQ(registers.gpr[8], 501u);
  EXPECT_EQ(registers.status, Status::Running);
}

TEST_P(EveryEngine, OneRunEqualsManySteps) {
  auto code = assemble({addiuT0, branchToSelf, addiuT0});
  Memory memory = memoryOf(Bytes(32));
  Registers whole, single;
  run(whole, {code, depth}, memory, 100);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(run(single, {code, depth}, memory, 1), 1u);
  EXPECT_EQ(whole, single);
}

/// Blocks, of which the interpreter counts all steps at once, against single
/// steps: with traps and branches in their midst, and limits anywhere.
TEST(Interpreter, BlocksEqualSingleSteps) {
  auto vectors = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(vectors) << vectors.error().message;
  std::mt19937 random(20261122);
  auto below = [&](size_t n) { return random() % n; };
  unsigned traps = 0, limits = 0;
  for (int program = 0; program < 2000; ++program) {
    Words words;
    for (int i = 0; i < 20; ++i) {
      words.push_back((*vectors)[below(vectors->size())].word);
      append(words, Words(below(4), addu(Gpr(below(32)), t0, Gpr(below(32)))));
    }
    auto code = decodeProgram(words);
    Registers whole;
    for (int r = 1; r < 32; ++r)
      whole.gpr[r] = uint32_t(below(64) * 4);
    whole.pc = uint32_t(below(words.size()) * 4);
    whole.nextPc = whole.pc + 4;
    Registers single = whole;
    Memory wholeMemory = memoryOf(Bytes(256)),
           singleMemory = memoryOf(Bytes(256));
    const uint64_t limit = below(60);
    const uint64_t steps = interpret(whole, {code, 20}, wholeMemory, limit);
    for (uint64_t i = 0; i < steps; ++i)
      ASSERT_EQ(interpret(single, {code, 20}, singleMemory, 1), 1u);
    ASSERT_EQ(whole, single) << program;
    ASSERT_EQ(bytesOf(wholeMemory), bytesOf(singleMemory)) << program;
    ASSERT_TRUE(steps == limit || whole.status != Status::Running) << program;
    traps += whole.status == Status::Trapped;
    limits += whole.status == Status::Running;
  }
  EXPECT_GT(traps, 500u);
  EXPECT_GT(limits, 200u);
}

TEST_P(EveryEngine, SteppingAStoppedMachineIsTheIdentity) {
  auto code = assemble({addiuT0});
  Memory memory = memoryOf(Bytes(32));
  for (uint8_t status : {1, 2, 3, 255}) {
    Registers registers;
    registers.status = Status(status);
    Registers before = registers;
    EXPECT_EQ(run(registers, {code, depth}, memory, 5), 0u);
    EXPECT_EQ(registers, before);
    EXPECT_FALSE(fetchesCode(registers, {code, depth}));
    EXPECT_FALSE(touchedWord(registers, {code, depth}, memory.size()));
  }
}

TEST_P(EveryEngine, FetchTrapsChangeStatusAndCauseOnly) {
  auto code = assemble({addiuT0});
  Memory memory = memoryOf(Bytes(32));
  struct Case {
    uint32_t pc;
    uint8_t cause;
    bool fetches;
  };
  for (Case test : {Case{2, misalignedFetch, false},
                    Case{0x41, misalignedFetch, false}, // and out of range
                    Case{0x40, fetchOutOfRange, false},
                    Case{0xfffffffc, fetchOutOfRange, false},
                    Case{4, reserved, true}, // padding
                    Case{0x3c, reserved, true}}) {
    Registers registers;
    registers.pc = test.pc;
    Registers expected = registers;
    expected.status = Status::Trapped;
    expected.cause = test.cause;
    EXPECT_EQ(fetchesCode(registers, {code, depth}), test.fetches);
    EXPECT_EQ(run(registers, {code, depth}, memory, 9), 1u);
    EXPECT_EQ(registers, expected) << test.pc;
  }
}

TEST_P(EveryEngine, RunsOffTheCodeAndTrapsAtTheFetch) {
  auto code = assemble({addiuT0, addiuT0});
  Memory memory = memoryOf(Bytes(32));
  Registers registers;
  EXPECT_EQ(run(registers, {code, 0}, memory, 100), 3u);
  EXPECT_EQ(registers.gpr[8], 2u);
  EXPECT_EQ(registers.pc, 8u);
  EXPECT_EQ(registers.cause, reserved);
}

TEST_P(EveryEngine, MisalignedJumpTrapsAfterTheDelaySlot) {
  auto code = assemble({jrT0, addiuT0});
  Memory memory = memoryOf(Bytes(32));
  Registers registers;
  registers.gpr[8] = 6;
  EXPECT_EQ(run(registers, {code, depth}, memory, 100), 3u);
  EXPECT_EQ(registers.gpr[8], 7u);
  EXPECT_EQ(registers.pc, 6u);
  EXPECT_EQ(registers.cause, misalignedFetch);
}

TEST_P(EveryEngine, BranchInADelaySlotTrapsTakenOrNot) {
  constexpr uint32_t bneZero = 0x14000001; // bne $zero, $zero: never taken
  for (uint32_t second : {branchToSelf, bneZero, jrT0, beqlZero, bnelZero}) {
    auto code = assemble({branchToSelf, second, nop});
    Memory memory = memoryOf(Bytes(32));
    Registers registers;
    EXPECT_EQ(run(registers, {code, depth}, memory, 100), 2u);
    EXPECT_EQ(registers.pc, 4u);
    EXPECT_EQ(registers.nextPc, 0u);
    EXPECT_EQ(registers.cause, branchInDelaySlot);
  }
}

TEST_P(EveryEngine, NullifiedDelaySlotIsNoStep) {
  // Whatever stands there, it is neither executed nor does it trap.
  for (uint32_t slot : {addiuT0, reservedWord, branchToSelf, bnelZero}) {
    auto code = assemble({bnelZero, slot, addiuT0, branchToSelf, nop});
    Memory memory = memoryOf(Bytes(32));
    Registers registers;
    EXPECT_EQ(run(registers, {code, depth}, memory, 1), 1u);
    EXPECT_EQ(registers.pc, 8u);
    EXPECT_EQ(registers.nextPc, 12u);
    EXPECT_EQ(run(registers, {code, depth}, memory, 2), 2u);
    EXPECT_EQ(registers.gpr[8], 1u);
    EXPECT_EQ(registers.pc, 16u);
    EXPECT_EQ(registers.status, Status::Running);
  }
}

TEST_P(EveryEngine, DelaySlotOfATakenLikelyBranchIsExecuted) {
  auto code =
      assemble({beqlZero, addiuT0, reservedWord, addiuT0, branchToSelf, nop});
  Memory memory = memoryOf(Bytes(32));
  Registers registers;
  EXPECT_EQ(run(registers, {code, depth}, memory, 3), 3u);
  EXPECT_EQ(registers.gpr[8], 2u);
  EXPECT_EQ(registers.pc, 16u);
  EXPECT_EQ(registers.status, Status::Running);
}

TEST_P(EveryEngine, TrapInTheDelaySlotOfALikelyBranchKeepsItsTarget) {
  auto code = assemble({beqlZero, reservedWord, nop});
  Memory memory = memoryOf(Bytes(32));
  Registers registers;
  EXPECT_EQ(run(registers, {code, depth}, memory, 100), 2u);
  EXPECT_EQ(registers.pc, 4u);
  EXPECT_EQ(registers.nextPc, 12u);
  EXPECT_EQ(registers.cause, reserved);
}

TEST_P(EveryEngine, AddressesAreNotWrapped) {
  auto code = assemble({0x8d090000}); // lw $t1, 0($t0)
  Memory memory = memoryOf(Bytes(64));
  constexpr uint8_t loadOutOfRange = 6;
  for (uint32_t address : {64u, 0x80000000u, 0xfffffffcu}) {
    Registers registers;
    registers.gpr[8] = address;
    run(registers, {code, depth}, memory, 1);
    EXPECT_EQ(registers.cause, loadOutOfRange);
  }
  Registers registers;
  registers.gpr[8] = 60;
  run(registers, {code, depth}, memory, 1);
  EXPECT_EQ(registers.status, Status::Running);
}

TEST(Disassembler, PrintsTheSpecsAssembly) {
  EXPECT_EQ(disassemble(0x01095021, 0), "addu $t2, $t0, $t1");
  EXPECT_EQ(disassemble(0x2508ffff, 0), "addiu $t0, $t0, -1");
  EXPECT_EQ(disassemble(0x35088000, 0), "ori $t0, $t0, 0x8000");
  EXPECT_EQ(disassemble(0x8fbf0014, 0), "lw $ra, 20($sp)");
  EXPECT_EQ(disassemble(0x1109fffe, 0x100), "beq $t0, $t1, 0xfc");
  EXPECT_EQ(disassemble(0x0c000012, 0x0ffffffc), "jal 0x10000048");
  EXPECT_EQ(disassemble(0x7d093900, 0), "ext $t1, $t0, 4, 8");
  EXPECT_EQ(disassemble(0x7d097a04, 0), "ins $t1, $t0, 8, 8");
  EXPECT_EQ(disassemble(0xffffffff, 0), ".word 0xffffffff");
}

TEST(Decoder, NonZeroMustBeZeroFieldsAreReserved) {
  EXPECT_EQ(mnemonic(decode(0x01095021).opcode), "addu");
  EXPECT_EQ(mnemonic(decode(0x01095061).opcode), "reserved");
  EXPECT_EQ(mnemonic(decode(0x00084042).opcode), "srl");
  EXPECT_EQ(mnemonic(decode(0x00284042).opcode), "rotr");
  EXPECT_EQ(mnemonic(decode(0x00484042).opcode), "reserved");
  EXPECT_EQ(mnemonic(decode(0xffffffff).opcode), "reserved");
}
