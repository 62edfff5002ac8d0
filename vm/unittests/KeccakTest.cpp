//===- KeccakTest.cpp - Keccak-256 against published vectors --------------===//

#include "opml/vm/Keccak.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

using namespace opml::vm;

namespace {

std::string testData(const std::string &name) {
  const char *dir = std::getenv("OPML_TESTDATA");
  return std::string(dir ? dir : OPML_DEFAULT_TESTDATA) + "/keccak/" + name;
}

std::vector<uint8_t> fromHex(std::string_view text) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(
        uint8_t(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

std::vector<uint8_t> asVector(const Hash &hash) {
  return {hash.begin(), hash.end()};
}

struct MessageVector {
  std::vector<uint8_t> message, digest;
};

/// "Len = <bits>", "Msg = <hex>", "MD = <hex>"; whole bytes only.
std::vector<MessageVector> readMessageVectors(std::istream &file) {
  std::vector<MessageVector> vectors;
  std::string key, equals, value;
  size_t bits = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    if (!(words >> key >> equals >> value))
      continue;
    if (key == "Len") {
      bits = std::stoul(value);
    } else if (key == "Msg") {
      vectors.push_back({fromHex(value), {}});
      vectors.back().message.resize(bits / 8);
    } else if (key == "MD") {
      vectors.back().digest = fromHex(value);
    }
  }
  return vectors;
}

class MessageVectors : public testing::TestWithParam<const char *> {};

TEST_P(MessageVectors, DigestsMatch) {
  std::ifstream file(testData(GetParam()));
  if (!file)
    GTEST_SKIP() << "no " << testData(GetParam());
  std::vector<MessageVector> vectors = readMessageVectors(file);
  ASSERT_GT(vectors.size(), 50u);
  for (const MessageVector &vector : vectors)
    EXPECT_EQ(asVector(keccak256(vector.message)), vector.digest)
        << vector.message.size() << " bytes";
}

TEST_P(MessageVectors, SplitUpdatesMatch) {
  std::ifstream file(testData(GetParam()));
  if (!file)
    GTEST_SKIP() << "no " << testData(GetParam());
  for (const MessageVector &vector : readMessageVectors(file)) {
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

using State = std::array<uint64_t, 25>;

/// Five lines of five 64-bit words.
State readState(std::istream &file) {
  State state;
  for (uint64_t &lane : state)
    file >> std::hex >> lane;
  return state;
}

TEST(Keccak, PermutationMatchesRoundByRound) {
  std::string path = testData("KeccakF-1600-IntermediateValues.txt");
  std::ifstream file(path);
  if (!file)
    GTEST_SKIP() << "no " << path;
  unsigned rounds = 0;
  State state{}, permuted{};
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Same, with lanes as 64-bit words")) {
      if (rounds % keccakRounds != 0)
        FAIL() << "unexpected order of the file";
      // The file states each permutation's input, then its rounds.
      state = permuted = readState(file);
      keccakF1600(permuted);
    } else if (line.starts_with("After iota")) {
      keccakRound(state, rounds % keccakRounds);
      EXPECT_EQ(state, readState(file)) << "round " << rounds;
      if (++rounds % keccakRounds == 0)
        EXPECT_EQ(state, permuted);
    }
  }
  EXPECT_EQ(rounds, 2 * keccakRounds);
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
