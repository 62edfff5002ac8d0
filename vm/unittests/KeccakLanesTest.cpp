//===- KeccakLanesTest.cpp - Every vector width against the reference -----===//

#include "KeccakLanesCheck.h"
#include "KeccakVectors.h"
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
  size_t lanes = keccakLanes();
  for (size_t shift = 0; shift < vectors->size(); ++shift) {
    auto vectorOf = [&](size_t lane) -> const PermutationVector & {
      return (*vectors)[(lane + shift) % vectors->size()];
    };
    std::vector<uint64_t> states(25 * lanes);
    for (size_t i = 0; i < states.size(); ++i)
      states[i] = vectorOf(i % lanes).front()[i / lanes];
    keccakF1600Lanes(states.data());
    for (size_t i = 0; i < states.size(); ++i)
      EXPECT_EQ(states[i], vectorOf(i % lanes).back()[i / lanes])
          << "word " << i / lanes << " of state " << i % lanes;
  }
}

TEST_P(KeccakLanes, PermutationMatchesTheReference) {
  std::mt19937_64 random(1);
  for (int repetition = 0; repetition < 100; ++repetition)
    ASSERT_TRUE(permutationAgrees(random));
}

// A message of 64 bytes is a node.
TEST_P(KeccakLanes, PublishedDigestsOf64BytesMatchInEveryLane) {
  auto vectors = readMessageVectors("ShortMsgKAT_256.txt");
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData("");
  std::erase_if(*vectors, [](const MessageVector &vector) {
    return vector.message.size() != 64;
  });
  ASSERT_FALSE(vectors->empty());
  size_t lanes = keccakLanes();
  for (const MessageVector &vector : *vectors)
    for (size_t lane = 0; lane < lanes; ++lane) {
      std::vector<uint8_t> children(64 * lanes), nodes(32 * lanes);
      std::copy(vector.message.begin(), vector.message.end(),
                children.begin() + 64 * lane);
      hashPairs(children.data(), nodes.data(), lanes);
      EXPECT_EQ(std::vector(nodes.begin() + 32 * lane,
                            nodes.begin() + 32 * (lane + 1)),
                vector.digest);
    }
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
