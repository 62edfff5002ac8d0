//===- MerkleTest.cpp - Merkle roots and proofs ---------------------------===//

#include "opml/vm/Merkle.h"
#include "NaiveMerkle.h"
#include "gtest/gtest.h"

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

std::vector<uint8_t> sampleBytes(size_t count) {
  std::vector<uint8_t> bytes(count);
  for (size_t i = 0; i < count; ++i)
    bytes[i] = uint8_t(i * 131 + i / 251);
  return bytes;
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

// Around every power of two up to four pages, with padding of its own depth
// and three more.
TEST(Merkle, RootFollowsTheDefinition) {
  for (size_t power = 1; power <= 16384; power *= 2)
    for (size_t size : {power - 1, power, power + 1})
      for (uint8_t pad : {0x00, 0xff}) {
        std::vector<uint8_t> bytes = sampleBytes(size);
        NaiveMerkle naive(bytes, pad);
        for (unsigned depth : {depthForBytes(size), depthForBytes(size) + 3})
          EXPECT_EQ(merkleRoot(bytes, depth, pad), naive.root(depth))
              << size << " bytes, depth " << depth << ", pad " << int(pad);
      }
}

TEST(Merkle, PaddingBehindAFewBytesOfADeepTree) {
  for (unsigned depth = 0; depth <= 39; ++depth) {
    EXPECT_EQ(merkleRoot({}, depth), zeroRoot(depth));
    std::vector<uint8_t> bytes = {9};
    EXPECT_EQ(merkleRoot(bytes, depth), NaiveMerkle(bytes, 0).root(depth));
  }
}

TEST(Merkle, FoldingAProofGivesTheRoot) {
  NaiveMerkle naive(sampleBytes(500), 0xff);
  for (uint64_t index = 0; index < 32; ++index)
    EXPECT_EQ(foldProof(naive.leaf(index), index, naive.proof(5, index)),
              naive.root(5));
}

/// All that differs from the proof in one bit, and all of another shape.
TEST(Merkle, VerifiesNothingButTheProof) {
  constexpr unsigned depth = 5;
  NaiveMerkle naive(sampleBytes(1024), 0);
  const Hash root = naive.root(depth);
  for (uint64_t index : {0, 19, 31}) {
    Hash leaf = naive.leaf(index);
    std::vector<Hash> proof = naive.proof(depth, index);
    ASSERT_TRUE(verifyProof(root, depth, leaf, index, proof));
    auto expectNoBitToBeFree = [&](Hash &hash) {
      for (unsigned bit = 0; bit < 8 * hash.size(); ++bit) {
        hash[bit / 8] ^= uint8_t(1 << (bit % 8));
        EXPECT_FALSE(verifyProof(root, depth, leaf, index, proof)) << bit;
        hash[bit / 8] ^= uint8_t(1 << (bit % 8));
      }
    };
    expectNoBitToBeFree(leaf);
    for (Hash &sibling : proof)
      expectNoBitToBeFree(sibling);
    for (unsigned bit = 0; bit < 64; ++bit)
      EXPECT_FALSE(
          verifyProof(root, depth, leaf, index ^ uint64_t(1) << bit, proof));
    for (unsigned other = 0; other < 70; ++other)
      EXPECT_EQ(verifyProof(root, other, leaf, index, proof), other == depth);

    // An inner node for a leaf: the shorter proof has another depth.
    Hash parent = foldProof(leaf, index, std::span(proof).first(1));
    auto rest = std::span<const Hash>(proof).subspan(1);
    EXPECT_TRUE(verifyProof(root, depth - 1, parent, index / 2, rest));
    EXPECT_FALSE(verifyProof(root, depth, parent, index / 2, rest));
    // Siblings behind the root.
    proof.emplace_back();
    EXPECT_FALSE(verifyProof(root, depth, leaf, index, proof));
    EXPECT_FALSE(verifyProof(root, depth + 1, leaf, index, proof));
  }
  EXPECT_TRUE(verifyProof(root, 0, root, 0, {}));
  EXPECT_FALSE(verifyProof(root, 0, root, 1, {}));
}

} // namespace
