//===- KnownTrapsTest.cpp - Where other machines went wrong ---------------===//
//
// Interpreter and translator against outcomes worked out by hand. The contract
// gets the same steps in test/node/contractSteps.test.ts.
//
//===----------------------------------------------------------------------===//

#include "../tools/KnownTraps.h"
#include "DescribeRegisters.h"
#include "SiteProgram.h"
#include "TestMemory.h"
#include <gtest/gtest.h>

#include <algorithm>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

std::string sequenceOf(const StepVector &vector) {
  return vector.name.substr(0, vector.name.find('/'));
}

std::vector<std::string> sequenceNames() {
  std::vector<std::string> names;
  for (const StepVector &vector : knownTraps())
    if (names.empty() || names.back() != sequenceOf(vector))
      names.push_back(sequenceOf(vector));
  return names;
}

void checkInterpreter(const StepVector &step) {
  OneInstruction program(step.word, step.pre.pc, step.codeDepth);
  Memory memory = memoryOf(denseMemory(step.memory, step.memDepth));
  Registers registers = step.pre;
  EXPECT_EQ(interpret(registers, program.code(), memory, 1), 1u);
  EXPECT_EQ(registers, *step.post);
  EXPECT_EQ(bytesOf(memory), denseMemory(step.postMemory, step.memDepth));
}

/// The interpreter, inside a block too, and the translator.
void checkAllEngines(const StepVector &step) {
  StepGroup group;
  group.codeDepth = step.codeDepth;
  group.sites.push_back({step.pre.pc, step.word});
  SiteRunner::Outcome outcome = SiteRunner(group, Place::First).run(step);
  if (outcome.completes && isTranslatable(step.pre))
    EXPECT_TRUE(outcome.translated);
}

class KnownTraps : public testing::TestWithParam<std::string> {};

TEST_P(KnownTraps, OutcomeIsTheManuals) {
  for (const StepVector &step : knownTraps()) {
    if (sequenceOf(step) != GetParam())
      continue;
    SCOPED_TRACE(step.name + ": " + disassemble(step.word, step.pre.pc));
    checkInterpreter(step);
    checkAllEngines(step);
  }
}

INSTANTIATE_TEST_SUITE_P(Sequences, KnownTraps,
                         testing::ValuesIn(sequenceNames()),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

} // namespace
