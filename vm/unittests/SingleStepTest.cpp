//===- SingleStepTest.cpp - The engines against recorded steps ------------===//
//
// SingleStepTests/r3000: 1,000 recorded single steps for each MIPS I operation;
// "SHL" is the set's file of SH. The interpreter is compared with the record,
// and then, at the same place, with the translator.
//
// An R3000 has a load delay slot, which release 2 has not, and takes exceptions
// where our machine traps; both are translated here. Three kinds of records say
// nothing about release 2 and are left out, 551 of all: see isExcluded.
//
//===----------------------------------------------------------------------===//

#include "DescribeRegisters.h"
#include "Nightly.h"
#include "RecordedSteps.h"
#include "SiteProgram.h"
#include "opml/vm/Memory.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

using namespace opml::vm;
using namespace opml::vm::test;
using opml::test::isNightly;
namespace fs = std::filesystem;

namespace {

bool overflows(const std::string &operation, const RecordedStep &step) {
  Instruction instruction = decode(step.word);
  int64_t left = int32_t(step.before.gpr[instruction.rs]);
  int64_t right = operation == "ADDI"
                      ? int16_t(step.word & 0xffff)
                      : int32_t(step.before.gpr[instruction.rt]);
  int64_t result = operation == "SUB" ? left - right : left + right;
  return result != int32_t(result);
}

/// True for records that say nothing about release 2.
bool isExcluded(const std::string &operation, const RecordedStep &step) {
  uint8_t rt = decode(step.word).rt;
  // Recorded with the trap suppressed.
  if (operation == "ADD" || operation == "ADDI" || operation == "SUB")
    return overflows(operation, step);
  // UNPREDICTABLE in the manual, defined otherwise by us.
  if (operation == "DIV" || operation == "DIVU")
    return step.before.gpr[rt] == 0;
  // These merge into a register not yet loaded.
  if (operation == "LWL" || operation == "LWR")
    return step.before.pendingRegister == rt;
  return false;
}

/// How many of the 55,000 records that makes.
unsigned excludedRecords(const std::string &operation) {
  static const std::map<std::string, unsigned> counts = {
      {"ADD", 248}, {"SUB", 236}, {"DIV", 26},
      {"DIVU", 26}, {"LWL", 8},   {"LWR", 7}};
  auto found = counts.find(operation);
  return found == counts.end() ? 0 : found->second;
}

bool isBranch(const std::string &operation) {
  return operation[0] == 'J' || (operation[0] == 'B' && operation != "BREAK");
}

/// Moves a recorded code address next to the one that we run at.
struct Relocation {
  uint32_t recorded, ours;
  uint32_t operator()(uint32_t address) const {
    return address - recorded + ours;
  }
};

uint64_t bytesMask(uint32_t bytes) { return (uint64_t(1) << 8 * bytes) - 1; }

/// The step from the state before it, at another pc.
StepVector vectorOf(const RecordedStep &step, uint32_t pc) {
  const RecordedState &before = step.before;
  StepVector vector;
  vector.word = step.word;
  vector.memDepth = Memory::maxDepth;
  std::ranges::copy(before.gpr, vector.pre.gpr);
  vector.pre.hi = before.hi;
  vector.pre.lo = before.lo;
  vector.pre.pc = pc;
  vector.pre.nextPc = pc + 4;
  if (before.inDelaySlot && before.branchTaken)
    vector.pre.nextPc = Relocation{before.pc, pc}(before.branchTarget);
  for (const RecordedAccess &access : step.accesses)
    if (!access.write)
      vector.memory[access.address & ~3u] |= uint32_t(
          (access.value & bytesMask(access.bytes)) << 8 * (access.address & 3));
  return vector;
}

//===- One record on the interpreter --------------------------------------===//

class RecordCheck {
public:
  RecordCheck(std::string operation, const RecordedStep &step,
              const StepVector &vector)
      : operation(std::move(operation)), step(step), vector(vector),
        here{step.before.pc, vector.pre.pc} {}

  /// `memory` is all zeros, and is left so.
  void run(Memory &memory);

private:
  bool leadsElsewhere();
  void checkRegisters();
  void checkNextPc();

  std::string operation;
  const RecordedStep &step;
  const StepVector &vector;
  Relocation here;
  Registers registers; // after the step
};

void write(Memory &memory, uint32_t address, uint64_t value, unsigned bytes) {
  uint8_t little[sizeof value];
  std::memcpy(little, &value, sizeof value);
  ASSERT_TRUE(memory.write(address, {little, bytes}));
}

void RecordCheck::run(Memory &memory) {
  for (auto [address, word] : vector.memory)
    write(memory, address, word, 4);
  OneInstruction program(vector.word, vector.pre.pc, Memory::maxDepth);
  registers = vector.pre;
  ASSERT_EQ(interpret(registers, program.code(), memory, 1), 1u);
  if (!leadsElsewhere()) {
    ASSERT_EQ(registers.status, Status::Running);
    checkRegisters();
    checkNextPc();
  }
  for (const RecordedAccess &access : step.accesses) {
    uint64_t value = 0;
    std::memcpy(&value, memory.bytes().data() + access.address, access.bytes);
    if (registers.status == Status::Running)
      EXPECT_EQ(value, access.value & bytesMask(access.bytes))
          << std::hex << access.address;
  }
  for (const RecordedAccess &access : step.accesses)
    write(memory, access.address & ~3u, 0, 4);
}

/// A misaligned access, a syscall and a break reach the R3000's handler; a
/// branch in a delay slot is UNPREDICTABLE there. All are a trap here.
bool RecordCheck::leadsElsewhere() {
  constexpr uint32_t exceptionVector = 0x80000080;
  bool branchInSlot =
      isBranch(operation) && vector.pre.nextPc != vector.pre.pc + 4;
  if (!branchInSlot && step.after.pc != exceptionVector)
    return false;
  Registers before = registers;
  EXPECT_EQ(before.status, Status::Trapped);
  before.status = Status::Running;
  before.cause = 0;
  EXPECT_EQ(before, vector.pre) << "a trap changes only status and cause";
  return true;
}

void RecordCheck::checkRegisters() {
  const RecordedState &before = step.before, &after = step.after;
  for (int i = 1; i < 32; ++i) {
    uint32_t expected = after.gpr[i];
    bool linked = isBranch(operation) && expected != before.gpr[i] &&
                  expected == before.pc + 8;
    if (linked)
      expected = here(expected);
    // The load in flight before lands in ours never, the one started now at
    // once.
    if (i == before.pendingRegister && expected == before.pendingValue &&
        registers.gpr[i] == before.gpr[i])
      expected = before.gpr[i];
    if (i == after.pendingRegister)
      expected = after.pendingValue;
    EXPECT_EQ(registers.gpr[i], expected) << "$" << i;
  }
  EXPECT_EQ(registers.gpr[0], 0u);
  EXPECT_EQ(registers.hi, after.hi);
  EXPECT_EQ(registers.lo, after.lo);
}

void RecordCheck::checkNextPc() {
  EXPECT_EQ(registers.pc, vector.pre.nextPc);
  if (!step.after.inDelaySlot || !step.after.branchTaken) {
    EXPECT_EQ(registers.nextPc, registers.pc + 4);
    return;
  }
  bool absolute = operation == "JR" || operation == "JALR";
  bool region = operation == "J" || operation == "JAL";
  uint32_t target = step.after.branchTarget;
  EXPECT_EQ(registers.nextPc, absolute ? target
                              : region ? target & 0x0fffffff
                                       : here(target));
  if (region)
    EXPECT_EQ(target >> 28, (step.before.pc + 4) >> 28);
}

//===- All records of an operation ----------------------------------------===//

class SingleStep : public testing::TestWithParam<std::string> {
protected:
  static void SetUpTestSuite() {
    const char *dir = std::getenv("OPML_TESTDATA");
    fs::path archive = fs::path(dir ? dir : OPML_DEFAULT_TESTDATA) /
                       "mips/singlesteptests-r3000.tar.xz";
    if (!fs::exists(archive))
      return;
    unpacked = fs::temp_directory_path() /
               ("opml-single-step-" + std::to_string(getpid()));
    fs::create_directory(unpacked);
    std::string command =
        "tar -xJf '" + archive.string() + "' -C '" + unpacked.string() + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  static void TearDownTestSuite() {
    if (!unpacked.empty())
      fs::remove_all(unpacked);
  }

  void checkOnEngines(const std::vector<RecordedStep> &steps);

  static fs::path unpacked;
};
fs::path SingleStep::unpacked;

uint32_t sitePc(size_t index) {
  return uint32_t(1 + index) * StepGroup::siteBytes;
}

void SingleStep::checkOnEngines(const std::vector<RecordedStep> &steps) {
  StepGroup group;
  group.codeDepth = Memory::maxDepth;
  for (const RecordedStep &step : steps)
    group.sites.push_back({sitePc(group.sites.size()), step.word});
  SiteRunner runner(group, Place::First);
  for (size_t i = 0; i < steps.size(); ++i) {
    StepVector vector = vectorOf(steps[i], sitePc(i));
    SiteRunner::Outcome outcome = runner.run(vector);
    if (outcome.completes && isTranslatable(vector.pre))
      EXPECT_TRUE(outcome.translated);
  }
}

TEST_P(SingleStep, EnginesDoAsRecorded) {
  if (unpacked.empty())
    GTEST_SKIP() << "third-party data absent";
  std::vector<RecordedStep> steps =
      readRecordedSteps(unpacked / "sst-r3000/v1", GetParam());
  ASSERT_EQ(steps.size(), 1000u);
  auto memory = Memory::create(Memory::maxDepth);
  ASSERT_TRUE(memory);
  unsigned excluded = 0;
  for (size_t i = 0; i < steps.size(); ++i) {
    SCOPED_TRACE("record " + std::to_string(i));
    ASSERT_NE(decode(steps[i].word).opcode, 0) << std::hex << steps[i].word;
    if (isExcluded(GetParam(), steps[i])) {
      ++excluded;
      continue;
    }
    RecordCheck(GetParam(), steps[i], vectorOf(steps[i], sitePc(i)))
        .run(*memory);
    if (HasFailure())
      return;
  }
  EXPECT_EQ(excluded, excludedRecords(GetParam()));
  steps.resize(isNightly() ? steps.size() : 100);
  checkOnEngines(steps);
}

INSTANTIATE_TEST_SUITE_P(
    R3000, SingleStep,
    testing::Values("ADD", "ADDI", "ADDIU", "ADDU", "AND", "ANDI", "BCondZ",
                    "BEQ", "BGTZ", "BLEZ", "BNE", "BREAK", "DIV", "DIVU", "J",
                    "JAL", "JALR", "JR", "LB", "LBU", "LH", "LHU", "LUI", "LW",
                    "LWL", "LWR", "MFHI", "MFLO", "MTHI", "MTLO", "MULT",
                    "MULTU", "NOR", "OR", "ORI", "SB", "SHL", "SLL", "SLLV",
                    "SLT", "SLTI", "SLTIU", "SLTU", "SRA", "SRAV", "SRL",
                    "SRLV", "SUB", "SUBU", "SW", "SWL", "SWR", "SYSCALL", "XOR",
                    "XORI"),
    [](const auto &info) { return info.param; });

} // namespace
