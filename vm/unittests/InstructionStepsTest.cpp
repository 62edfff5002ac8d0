//===- InstructionStepsTest.cpp - Every instruction from random states ----===//
//
// The same states run on the contract in test/node/contractSteps.test.ts.
//
//===----------------------------------------------------------------------===//

#include "Nightly.h"
#include "SiteProgram.h"
#include <gtest/gtest.h>

using namespace opml::vm;
using namespace opml::vm::test;
using opml::test::isNightly;

namespace {

constexpr unsigned leastSteps = 1000;

/// Fewer that do not stop the machine would mean badly chosen states.
constexpr unsigned leastCompleted = 100;

bool alwaysStops(uint16_t opcode) {
  return mnemonic(opcode) == "break" || mnemonic(opcode) == "syscall";
}

class InstructionSteps : public testing::TestWithParam<Place> {
protected:
  void check(const Encoding &encoding, uint64_t round);

  uint64_t steps = 0, translated = 0;
};

void InstructionSteps::check(const Encoding &encoding, uint64_t round) {
  SCOPED_TRACE(std::string(mnemonic(encoding.opcode)));
  bool inDelaySlot = GetParam() == Place::DelaySlot;
  unsigned executed = 0, completed = 0;
  for (const StepGroup &group : instructionSteps(encoding, round)) {
    SiteRunner runner(group, GetParam());
    for (const StepVector &step : group.steps) {
      if (inDelaySlot && !isTranslatable(step.pre))
        continue;
      SiteRunner::Outcome outcome = runner.run(step);
      ++steps;
      bool executes = isTranslatable(step.pre) &&
                      decode(step.word).opcode == encoding.opcode;
      executed += executes;
      if (!executes || !outcome.completes)
        continue;
      ++completed;
      translated += outcome.translated;
      EXPECT_TRUE(outcome.translated || wrapsAround(step))
          << disassemble(step.word, step.pre.pc);
    }
  }
  EXPECT_GE(executed, leastSteps);
  // In a delay slot, a branch always traps.
  bool mayStopAlways = inDelaySlot || alwaysStops(encoding.opcode);
  if (completed > 0 || !mayStopAlways)
    EXPECT_GE(completed, leastCompleted);
}

TEST_P(InstructionSteps, EnginesAgreeFromAThousandStatesOfEach) {
  auto spec = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(spec) << spec.error().message;
  std::vector<Encoding> encodings = findEncodings(*spec);
  ASSERT_EQ(encodings.size(), opcodeCount() - 1) << "all but the reserved one";
  for (uint64_t round = 0; round < (isNightly() ? 5 : 1); ++round)
    for (const Encoding &encoding : encodings)
      check(encoding, round);
  RecordProperty("steps", std::to_string(steps));
  RecordProperty("translated", std::to_string(translated));
}

INSTANTIATE_TEST_SUITE_P(Places, InstructionSteps,
                         testing::Values(Place::First, Place::DelaySlot),
                         [](const auto &info) {
                           return info.param == Place::First ? "first"
                                                             : "delaySlot";
                         });

} // namespace
