//===- MerkleTreeTest.cpp - The kept tree against the definition ----------===//

#include "opml/vm/MerkleTree.h"
#include "NaiveMerkle.h"
#include "TestMemory.h"
#include "gtest/gtest.h"
#include <random>
#include <sys/mman.h>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

/// A memory, its tree and what the tree must be.
class MerkleTreeTest : public testing::TestWithParam<unsigned> {
protected:
  void write(uint64_t address, uint8_t byte) {
    ASSERT_TRUE(memory.write(address, {&byte, 1}));
    naive.set(address, byte);
  }
  void writeRandomly() {
    uint64_t address = random() % memory.size();
    // Now and then next to one another, and back to zero.
    for (int count = random() % 4; count >= 0; --count)
      write((address + random() % 100) % memory.size(), random() % 3);
  }
  void update() { tree.update(memory.bytes(), memory.takeWrittenPages()); }

  void expectProof(const MerkleTree &of, std::span<const uint8_t> bytes,
                   uint64_t address) {
    Hash leaf = of.leaf(bytes, address);
    std::vector<Hash> siblings = of.proof(bytes, address);
    uint64_t index = address / leafBytes;
    EXPECT_EQ(leaf, naive.leaf(index));
    EXPECT_EQ(siblings, naive.proof(depth, index));
    EXPECT_TRUE(verifyProof(of.root(), depth, leaf, index, siblings));
    expectTamperedProofFails(of.root(), leaf, index, siblings);
  }
  void expectTamperedProofFails(const Hash &root, Hash leaf, uint64_t index,
                                std::vector<Hash> siblings) {
    uint8_t bit = uint8_t(1 << (random() % 8));
    leaf[random() % 32] ^= bit;
    EXPECT_FALSE(verifyProof(root, depth, leaf, index, siblings));
    if (siblings.empty())
      return;
    leaf = naive.leaf(index);
    Hash &sibling = siblings[random() % siblings.size()];
    sibling[random() % 32] ^= bit;
    EXPECT_FALSE(verifyProof(root, depth, leaf, index, siblings));
  }

  unsigned depth = GetParam();
  std::mt19937_64 random{depth};
  Memory memory = std::move(*Memory::create(depth));
  MerkleTree tree{depth};
  NaiveMerkle naive;
};

TEST_P(MerkleTreeTest, IsPaddingAtFirst) {
  EXPECT_EQ(tree.root(), naive.root(depth));
  EXPECT_EQ(MerkleTree(depth, 0xff).root(), NaiveMerkle(0xff).root(depth));
  expectProof(tree, memory.bytes(), random() % memory.size());
}

TEST_P(MerkleTreeTest, FollowsRandomWrites) {
  for (int round = 0; round < 12; ++round) {
    for (int writes = round; writes > 0; --writes)
      writeRandomly();
    update();
    ASSERT_EQ(tree.root(), naive.root(depth)) << "round " << round;
    expectProof(tree, memory.bytes(), random() % memory.size());
    uint64_t address = random() % memory.size();
    for (unsigned d = 0; d <= depth; ++d)
      EXPECT_EQ(
          tree.subtreeRoot(memory.bytes(), address >> (d + 5) << (d + 5), d),
          naive.root(d, address >> (d + 5)))
          << "depth " << d;
  }
}

TEST_P(MerkleTreeTest, ReturnsToZero) {
  std::vector<uint64_t> written;
  for (int i = 0; i < 10; ++i)
    write(written.emplace_back(random() % memory.size()), 1);
  update();
  EXPECT_NE(tree.root(), zeroRoot(depth));
  for (uint64_t address : written)
    write(address, 0);
  std::vector<uint32_t> pages = memory.takeWrittenPages();
  EXPECT_EQ(tree.update(memory.bytes(), pages), 0u);
  EXPECT_EQ(tree.root(), zeroRoot(depth));
}

TEST_P(MerkleTreeTest, ACopyIsTheTreeAsItWas) {
  std::vector<MerkleTree> trees;
  std::vector<Hash> roots;
  for (int round = 0; round < 6; ++round) {
    writeRandomly();
    update();
    trees.push_back(tree);
    roots.push_back(naive.root(depth));
  }
  for (size_t i = 0; i < trees.size(); ++i)
    EXPECT_EQ(trees[i].root(), roots[i]);
  // Back to the first, and on from there.
  tree = trees.front();
  writeRandomly();
  update();
  EXPECT_EQ(trees.front().root(), roots.front());
  EXPECT_EQ(trees.back().root(), roots.back());
}

// What a node of the tree costs to hash is what the size of a proof says.
TEST_P(MerkleTreeTest, APageCostsItsOwnNodesAndItsPath) {
  unsigned pageDepth = tree.pageDepth();
  EXPECT_EQ(pageDepth, std::min(depth, 7u));
  uint64_t perPage = (1u << pageDepth) - 1, path = depth - pageDepth;
  write(memory.size() - 1, 1);
  std::vector<uint32_t> pages = memory.takeWrittenPages();
  EXPECT_EQ(tree.update(memory.bytes(), pages), perPage + path);
  if (path == 0)
    return;
  // A second path joins the first at the root.
  write(0, 1);
  write(memory.size() - 1, 2);
  pages = memory.takeWrittenPages();
  EXPECT_EQ(tree.update(memory.bytes(), pages), 2 * perPage + 2 * path - 1);
}

INSTANTIATE_TEST_SUITE_P(Depths, MerkleTreeTest, testing::Range(0u, 28u));

std::vector<uint8_t> randomBytes(size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<uint8_t> bytes(count);
  for (uint8_t &byte : bytes)
    byte = uint8_t(random());
  return bytes;
}

// Enough pages for several parts, some of them zero, the last one cut off.
TEST(MerkleTree, AnyNumberOfThreadsGivesTheSameRoot) {
  std::vector<uint8_t> bytes = randomBytes(600 * 4096 + 1234, 1);
  for (size_t page : {0, 5, 6, 255, 256, 512, 599})
    std::fill_n(bytes.begin() + page * 4096, 4096, 0);
  std::fill_n(bytes.begin() + 280 * 4096, 200 * 4096, 0);
  Hash expected = NaiveMerkle(bytes, 0).root(18);
  for (unsigned threads = 0; threads <= 4; ++threads)
    EXPECT_EQ(MerkleTree(bytes, 18, 0, threads).root(), expected)
        << threads << " threads";
}

TEST(MerkleTree, IsThatOfItsBytesAndPadding) {
  for (uint8_t pad : {0x00, 0xff})
    for (unsigned depth : {0, 3, 7, 8, 11, 12})
      for (size_t parts : {0, 1, 5, 7, 8}) {
        size_t size = (size_t(32) << depth) * parts / 8;
        std::vector<uint8_t> bytes = randomBytes(size, depth);
        NaiveMerkle naive(bytes, pad);
        MerkleTree tree(bytes, depth, pad);
        EXPECT_EQ(tree.root(), naive.root(depth));
        for (uint64_t leaf : {uint64_t(0), (uint64_t(1) << depth) - 1}) {
          EXPECT_EQ(tree.leaf(bytes, leaf * 32), naive.leaf(leaf));
          EXPECT_EQ(tree.proof(bytes, leaf * 32), naive.proof(depth, leaf));
        }
      }
}

TEST(MerkleTree, ReadsNoOtherPages) {
  Memory memory = std::move(*Memory::create(15)); // 256 pages
  std::vector<uint8_t> bytes = randomBytes(3 * 4096, 3);
  ASSERT_TRUE(memory.write(100 * 4096, bytes));
  auto protect = [&](uint64_t begin, uint64_t end, int access) {
    ASSERT_EQ(
        mprotect(memory.pages() + begin * 4096, (end - begin) * 4096, access),
        0);
  };
  protect(0, 100, PROT_NONE);
  protect(103, 256, PROT_NONE);
  MerkleTree tree(15);
  std::vector<uint32_t> pages = memory.takeWrittenPages();
  tree.update(memory.bytes(), pages);
  std::vector<Hash> proof = tree.proof(memory.bytes(), 101 * 4096 + 64);
  protect(0, 256, PROT_READ);
  EXPECT_EQ(tree.root(), merkleRoot(memory.bytes(), 15));
  EXPECT_TRUE(verifyProof(tree.root(), 15,
                          tree.leaf(memory.bytes(), 101 * 4096 + 64),
                          101 * 128 + 2, proof));
}

// What hand-overs rely on. From the largest down, every slot is aligned.
TEST(MerkleTree, ATensorHasTheRootOfItsSlot) {
  Memory memory = std::move(*Memory::create(16));
  MerkleTree tree(16);
  std::mt19937 random(4);
  uint64_t slot = memory.size();
  std::vector<std::pair<uint64_t, std::vector<uint8_t>>> tensors;
  for (size_t size : {1000000, 70000, 65536, 4097, 4096, 4095, 100, 32, 5, 0}) {
    slot -= uint64_t(32) << depthForBytes(size);
    tensors.emplace_back(slot, randomBytes(size, size));
    ASSERT_TRUE(memory.write(slot, tensors.back().second));
  }
  tree.update(memory.bytes(), memory.takeWrittenPages());
  for (const auto &[address, tensor] : tensors) {
    unsigned depth = depthForBytes(tensor.size());
    EXPECT_EQ(tree.subtreeRoot(memory.bytes(), address, depth),
              merkleRoot(tensor, depth))
        << tensor.size() << " bytes";
  }
}

class GraftTest : public testing::TestWithParam<unsigned> {};

TEST_P(GraftTest, StandsForItsBytes) {
  constexpr unsigned depth = 16; // two heights of blocks and a bit
  unsigned small = GetParam();
  std::vector<uint8_t> bytes = randomBytes((size_t(32) << small) - 40, small);
  std::mt19937_64 random(small);
  Memory memory = std::move(*Memory::create(depth));
  MerkleTree tree(depth), grafted(bytes, small);
  std::vector<uint8_t> other = randomBytes(8 * 4096, 6);
  for (int round = 0; round < 4; ++round) {
    ASSERT_TRUE(memory.write(random() % (memory.size() - other.size()), other));
    tree.update(memory.bytes(), memory.takeWrittenPages());
    uint64_t address = (random() % (uint64_t(1) << (depth - small)))
                       << (small + 5);
    std::vector<uint8_t> padded = bytes;
    padded.resize(size_t(32) << small);
    ASSERT_TRUE(memory.write(address, padded));
    memory.takeWrittenPages();
    tree.graft(address, grafted);
    ASSERT_EQ(tree.root(), merkleRoot(memory.bytes(), depth));
    // What was grafted can be proven, and changed without changing it.
    uint64_t inside = address + random() % padded.size();
    EXPECT_TRUE(verifyProof(tree.root(), depth,
                            tree.leaf(memory.bytes(), inside), inside / 32,
                            tree.proof(memory.bytes(), inside)));
    ASSERT_TRUE(memory.write(inside, std::array{uint8_t(round)}));
    tree.update(memory.bytes(), memory.takeWrittenPages());
    ASSERT_EQ(tree.root(), merkleRoot(memory.bytes(), depth));
    EXPECT_EQ(grafted.root(), merkleRoot(bytes, small));
  }
}

TEST(MerkleTree, GraftedPaddingErases) {
  std::vector<uint8_t> bytes = randomBytes(size_t(32) << 14, 7);
  MerkleTree tree(bytes, 14);
  for (uint64_t address : {0, 1 << 18})
    tree.graft(address, MerkleTree(13));
  EXPECT_EQ(tree.root(), zeroRoot(14));
}

INSTANTIATE_TEST_SUITE_P(Depths, GraftTest, testing::Range(7u, 17u));

} // namespace
