//===- KeccakLanesTest.cpp - Every vector width against the reference -----===//

#include "KeccakLanesCheck.h"
#include "gtest/gtest.h"
#include <hwy/targets.h>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

struct Width {
  const char *name;
  int64_t target; // Highway's
  size_t lanes;
};

void PrintTo(const Width &width, std::ostream *out) { *out << width.name; }

/// Forces one instruction set; skips it where the machine lacks it.
class KeccakLanes : public testing::TestWithParam<Width> {
protected:
  void SetUp() override {
    if ((hwy::SupportedTargets() & GetParam().target) == 0)
      GTEST_SKIP() << "no " << GetParam().name;
    hwy::SetSupportedTargetsForTest(GetParam().target);
    ASSERT_EQ(keccakLanes(), GetParam().lanes);
  }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

TEST_P(KeccakLanes, PermutationMatchesThePublishedOneInEveryLane) {
  auto vectors = readPermutationVectors();
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData("");
  EXPECT_TRUE(publishedPermutationsAgree(*vectors));
}

TEST_P(KeccakLanes, PermutationMatchesTheReference) {
  std::mt19937_64 random(1);
  for (int repetition = 0; repetition < 100; ++repetition)
    ASSERT_TRUE(permutationAgrees(random));
}

TEST_P(KeccakLanes, PublishedDigestsOfNodesMatchInEveryLane) {
  auto vectors = readMessageVectors("ShortMsgKAT_256.txt");
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData("");
  EXPECT_TRUE(publishedNodesAgree(*vectors));
}

// Every remainder that a vector can leave.
TEST_P(KeccakLanes, PairsMatchTheReference) {
  std::mt19937_64 random(2);
  for (size_t count = 0; count <= 3 * maxKeccakLanes + 1; ++count)
    for (size_t misalignment : {0, 1, 31})
      EXPECT_TRUE(pairsAgree(random, count, misalignment))
          << count << " nodes, " << misalignment << " bytes off";
}

INSTANTIATE_TEST_SUITE_P(Widths, KeccakLanes,
                         testing::Values(Width{"Avx512", HWY_AVX3, 8},
                                         Width{"Avx2", HWY_AVX2, 4},
                                         Width{"Neon", HWY_NEON, 2},
                                         Width{"Reference", HWY_EMU128, 1}),
                         testing::PrintToStringParamName());

} // namespace
