//===- RandomStepsTest.cpp - Picking steps at random ----------------------===//

#include "../tools/RandomSteps.h"
#include "gtest/gtest.h"

using namespace opml::vm;

namespace {

// The sequence that the literature gives for this seed (Rosetta Code,
// "Pseudo-random numbers/Splitmix64").
TEST(SplitMix64, GivesTheKnownSequence) {
  SplitMix64 random(1234567);
  for (uint64_t expected :
       {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
        4593380528125082431u, 16408922859458223821u})
    EXPECT_EQ(random.next(), expected);
}

TEST(SplitMix64, StaysBelowItsBound) {
  SplitMix64 random(5);
  for (uint64_t bound : {uint64_t(1), uint64_t(3), uint64_t(1) << 63,
                         (uint64_t(1) << 63) + 1, UINT64_MAX})
    for (int i = 0; i < 100; ++i)
      EXPECT_LT(random.below(bound), bound);
}

TEST(PickSteps, GivesDistinctStepsInRange) {
  for (uint64_t count : {0, 1, 7, 99, 100}) {
    std::set<uint64_t> steps = pickSteps(count, 100, 3);
    EXPECT_EQ(steps.size(), count);
    if (count > 0)
      EXPECT_LT(*steps.rbegin(), 100u);
  }
}

TEST(PickSteps, DependsOnTheSeedOnly) {
  EXPECT_EQ(pickSteps(20, 1000000, 1), pickSteps(20, 1000000, 1));
  EXPECT_NE(pickSteps(20, 1000000, 1), pickSteps(20, 1000000, 2));
}

// 4,000 draws of 5 out of 10: each number is expected 2,000 times, with a
// standard deviation of 32.
TEST(PickSteps, IsUniform) {
  std::vector<int> seen(10);
  for (uint64_t seed = 0; seed < 4000; ++seed)
    for (uint64_t step : pickSteps(5, 10, seed))
      ++seen[step];
  for (int count : seen) {
    EXPECT_GT(count, 1800);
    EXPECT_LT(count, 2200);
  }
}

} // namespace
