//===- KeccakTest.cpp - Keccak-256 against published vectors --------------===//

#include "opml/vm/Keccak.h"
#include "KeccakVectors.h"
#include "gtest/gtest.h"

using namespace opml::vm;

namespace {

std::vector<uint8_t> asVector(const Hash &hash) {
  return {hash.begin(), hash.end()};
}

class MessageVectors : public testing::TestWithParam<const char *> {};

TEST_P(MessageVectors, DigestsMatch) {
  auto vectors = readMessageVectors(GetParam());
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData(GetParam());
  ASSERT_GT(vectors->size(), 50u);
  for (const MessageVector &vector : *vectors)
    EXPECT_EQ(asVector(keccak256(vector.message)), vector.digest)
        << vector.message.size() << " bytes";
}

TEST_P(MessageVectors, SplitUpdatesMatch) {
  auto vectors = readMessageVectors(GetParam());
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData(GetParam());
  for (const MessageVector &vector : *vectors) {
    std::span<const uint8_t> message = vector.message;
    for (size_t piece : {1, 7, 135, 136, 137}) {
      Keccak256 sponge;
      for (size_t i = 0; i < message.size(); i += piece)
        sponge.update(message.subspan(i, std::min(piece, message.size() - i)));
      EXPECT_EQ(asVector(sponge.finalize()), vector.digest)
          << message.size() << " bytes in pieces of " << piece;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Keccak, MessageVectors,
                         testing::Values("ShortMsgKAT_256.txt",
                                         "LongMsgKAT_256.txt"));

TEST(Keccak, PermutationMatchesRoundByRound) {
  auto vectors = readPermutationVectors();
  if (!vectors)
    GTEST_SKIP() << "no " << keccakTestData("");
  ASSERT_EQ(vectors->size(), 2u);
  for (const PermutationVector &states : *vectors) {
    ASSERT_EQ(states.size(), keccakRounds + 1);
    KeccakState state = states.front();
    for (unsigned round = 0; round < keccakRounds; ++round) {
      keccakRound(state, round);
      EXPECT_EQ(state, states[round + 1]) << "round " << round;
    }
    state = states.front();
    keccakF1600(state);
    EXPECT_EQ(state, states.back());
  }
}

TEST(Keccak, HashPairIsTheHashOfTheConcatenation) {
  Hash left, right;
  std::vector<uint8_t> both;
  for (int i = 0; i < 32; ++i) {
    left[i] = uint8_t(i * 7 + 1);
    right[i] = uint8_t(200 - i);
  }
  both.insert(both.end(), left.begin(), left.end());
  both.insert(both.end(), right.begin(), right.end());
  EXPECT_EQ(hashPair(left, right), keccak256(both));
}

} // namespace
