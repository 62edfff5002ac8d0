//===- MerkleTest.cpp - Merkle roots and proofs ---------------------------===//

#include "opml/vm/Merkle.h"
#include "gtest/gtest.h"

using namespace opml::vm;

namespace {

std::vector<uint8_t> sampleBytes(size_t count) {
  std::vector<uint8_t> bytes(count);
  for (size_t i = 0; i < count; ++i)
    bytes[i] = uint8_t(i * 131 + i / 251);
  return bytes;
}

/// The definition, written out: a full array of leaves, hashed level by level.
Hash rootByDefinition(std::vector<uint8_t> bytes, unsigned depth, uint8_t pad) {
  bytes.resize(size_t(32) << depth, pad);
  std::vector<Hash> level(size_t(1) << depth);
  for (size_t i = 0; i < level.size(); ++i)
    std::copy_n(bytes.begin() + i * 32, 32, level[i].begin());
  while (level.size() > 1) {
    std::vector<Hash> parents;
    for (size_t i = 0; i < level.size(); i += 2)
      parents.push_back(hashPair(level[i], level[i + 1]));
    level = parents;
  }
  return level[0];
}

std::string hex(const Hash &hash) {
  std::string text;
  for (uint8_t byte : hash) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

// The zero hashes of Ethereum's deposit-style trees with Keccak-256, as
// published for example in Semaphore's and Optimism's documentation.
TEST(Merkle, ZeroRootsAreEthereumsKnownOnes) {
  EXPECT_EQ(hex(zeroRoot(0)), std::string(64, '0'));
  EXPECT_EQ(hex(zeroRoot(1)),
            "ad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5");
  EXPECT_EQ(hex(zeroRoot(2)),
            "b4c11951957c6f8f642c4af61cd6b24640fec6dc7fc607ee8206a99e92410d30");
  EXPECT_EQ(hex(zeroRoot(3)),
            "21ddb9a356815c3fac1026b6dec5df3124afbadb485c9ba5a3e3398a04b7ba85");
}

TEST(Merkle, UniformRootOfZeroIsZeroRoot) {
  for (unsigned depth : {0u, 1u, 27u, 64u})
    EXPECT_EQ(uniformRoot(Hash{}, depth), zeroRoot(depth));
}

TEST(Merkle, DepthForBytes) {
  EXPECT_EQ(depthForBytes(0), 0u);
  EXPECT_EQ(depthForBytes(1), 0u);
  EXPECT_EQ(depthForBytes(32), 0u);
  EXPECT_EQ(depthForBytes(33), 1u);
  EXPECT_EQ(depthForBytes(64), 1u);
  EXPECT_EQ(depthForBytes(65), 2u);
  EXPECT_EQ(depthForBytes(uint64_t(1) << 32), 27u);
  EXPECT_EQ(depthForBytes((uint64_t(1) << 32) + 1), 28u);
}

TEST(Merkle, RootFollowsTheDefinition) {
  for (size_t size : {0u, 1u, 31u, 32u, 33u, 64u, 100u, 4096u, 5000u, 16384u})
    for (uint8_t pad : {0x00, 0xff})
      for (unsigned depth : {depthForBytes(size), depthForBytes(size) + 3})
        EXPECT_EQ(merkleRoot(sampleBytes(size), depth, pad),
                  rootByDefinition(sampleBytes(size), depth, pad))
            << size << " bytes, depth " << depth << ", pad " << int(pad);
}

TEST(Merkle, ZeroPagesBetweenDataAreSkippedCorrectly) {
  std::vector<uint8_t> bytes(16 * 4096);
  bytes[3 * 4096 + 5] = 1;
  bytes[15 * 4096 + 4095] = 2;
  EXPECT_EQ(merkleRoot(bytes, 11), rootByDefinition(bytes, 11, 0));
}

TEST(Merkle, PaddingCostsNothing) {
  EXPECT_EQ(merkleRoot({}, 60), zeroRoot(60));
  Hash leaf{};
  leaf[0] = 9;
  Hash expected = leaf;
  for (unsigned depth = 0; depth < 60; ++depth)
    expected = hashPair(expected, zeroRoot(depth));
  EXPECT_EQ(merkleRoot(std::span(leaf).first(1), 60), expected);
}

TEST(Merkle, EveryLeafIsProven) {
  for (size_t size : {1u, 100u, 500u})
    for (uint8_t pad : {0x00, 0xff}) {
      std::vector<uint8_t> bytes = sampleBytes(size), padded = bytes;
      unsigned depth = depthForBytes(size) + 1;
      padded.resize(size_t(32) << depth, pad);
      Hash root = merkleRoot(bytes, depth, pad);
      for (uint64_t index = 0; index < uint64_t(1) << depth; ++index) {
        Hash leaf;
        std::copy_n(padded.begin() + index * 32, 32, leaf.begin());
        std::vector<Hash> proof = merkleProof(bytes, depth, index, pad);
        ASSERT_EQ(proof.size(), depth);
        EXPECT_EQ(foldProof(leaf, index, proof), root);
        leaf[31] ^= 1;
        EXPECT_NE(foldProof(leaf, index, proof), root);
      }
    }
}

TEST(Merkle, ProofInADeepSparseTree) {
  std::vector<uint8_t> bytes = sampleBytes(40);
  uint64_t index = (uint64_t(1) << 26) + 12345;
  EXPECT_EQ(foldProof(Hash{}, index, merkleProof(bytes, 27, index)),
            merkleRoot(bytes, 27));
}

} // namespace
