//===- MerkleTreeTest.cpp - The incremental tree against the plain one ----===//

#include "opml/vm/MerkleTree.h"
#include "gtest/gtest.h"
#include <random>

using namespace opml::vm;

namespace {

class MerkleTreeTest : public testing::TestWithParam<unsigned> {};

TEST_P(MerkleTreeTest, FollowsRandomWrites) {
  unsigned depth = GetParam();
  std::vector<uint8_t> bytes(size_t(32) << depth);
  MerkleTree tree(depth);
  EXPECT_EQ(tree.root(), zeroRoot(depth));
  std::mt19937 random(depth);
  for (int round = 0; round < 20; ++round) {
    for (int writes = round % 4; writes > 0; --writes)
      bytes[random() % bytes.size()] = uint8_t(random() % 3);
    tree.update(bytes);
    ASSERT_EQ(tree.root(), merkleRoot(bytes, depth)) << "round " << round;
    uint64_t index = random() % (uint64_t(1) << depth);
    EXPECT_EQ(tree.proof(index), merkleProof(bytes, depth, index));
    EXPECT_EQ(foldProof(tree.leaf(index), index, tree.proof(index)),
              tree.root());
  }
}

TEST_P(MerkleTreeTest, ReturnsToZero) {
  unsigned depth = GetParam();
  std::vector<uint8_t> bytes(size_t(32) << depth, 1);
  MerkleTree tree(depth);
  tree.update(bytes);
  EXPECT_NE(tree.root(), zeroRoot(depth));
  tree.update(std::vector<uint8_t>(bytes.size()));
  EXPECT_EQ(tree.root(), zeroRoot(depth));
}

TEST_P(MerkleTreeTest, PadsWhatIsShort) {
  unsigned depth = GetParam();
  size_t size = size_t(32) << depth;
  MerkleTree tree(depth, 0xff);
  EXPECT_EQ(tree.root(), merkleRoot({}, depth, 0xff));
  for (size_t count : {size, size - 1, size / 2, size / 3, size_t(0)}) {
    std::vector<uint8_t> bytes(count, 7);
    tree.update(bytes);
    EXPECT_EQ(tree.root(), merkleRoot(bytes, depth, 0xff)) << count;
  }
}

INSTANTIATE_TEST_SUITE_P(Depths, MerkleTreeTest,
                         testing::Values(0, 1, 6, 7, 8, 12));

} // namespace
