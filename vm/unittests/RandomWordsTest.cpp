//===- RandomWordsTest.cpp - Any word on both engines ---------------------===//
//
// The same words run on the contract in test/node/contractSteps.test.ts;
// DecoderTest holds which of them are instructions against LLVM.
//
//===----------------------------------------------------------------------===//

#include "Nightly.h"
#include "SiteProgram.h"
#include <gtest/gtest.h>

using namespace opml::vm;
using namespace opml::vm::test;
using opml::test::isNightly;

namespace {

constexpr uint8_t reservedInstruction = 3; // the trap's cause

TEST(RandomWords, EnginesAgree) {
  auto spec = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(spec) << spec.error().message;
  const uint64_t count = isNightly() ? 15'000 : 3'000;
  uint64_t words = 0, reserved = 0, translated = 0;
  for (const StepGroup &group : wordSteps(findEncodings(*spec), count)) {
    SiteRunner runner(group, Place::First);
    for (const StepVector &step : group.steps) {
      SiteRunner::Outcome outcome = runner.run(step);
      ++words;
      bool isReserved = decode(step.word).opcode == 0;
      reserved += isReserved;
      EXPECT_EQ(outcome.cause == reservedInstruction, isReserved)
          << std::hex << step.word;
      if (outcome.completes) {
        ++translated;
        EXPECT_TRUE(outcome.translated || wrapsAround(step))
            << disassemble(step.word, step.pre.pc);
      }
    }
  }
  EXPECT_EQ(words, 3 * count);
  EXPECT_GT(reserved, words / 4);
  EXPECT_GT(translated, words / 4);
  RecordProperty("reserved", std::to_string(reserved));
  RecordProperty("translated", std::to_string(translated));
}

} // namespace
