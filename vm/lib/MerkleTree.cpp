//===- MerkleTree.cpp - A Merkle tree kept up to date ---------------------===//

#include "opml/vm/MerkleTree.h"
#include "MerkleBlock.h"
#include "MerkleHashing.h"
#include "opml/vm/KeccakLanes.h"
#include <cstring>
#include <numeric>

using namespace opml::vm;

MerkleTree::MerkleTree(unsigned depth, uint8_t pad)
    : treeDepth(depth), pad(pad), padding(paddingRoots(pad, depth)),
      rootHash((*padding)[depth]) {}

MerkleTree::MerkleTree(std::span<const uint8_t> bytes, unsigned depth,
                       uint8_t pad, unsigned threads)
    : MerkleTree(depth, pad) {
  unsigned shift = pageDepth() + 5;
  std::vector<uint32_t> pages((bytes.size() >> shift) +
                              ((bytes.size() & ((1 << shift) - 1)) != 0));
  std::iota(pages.begin(), pages.end(), 0);
  update(bytes, pages, threads);
}

unsigned MerkleTree::height() const {
  return (levels() + blockLevels - 1) / blockLevels;
}

uint64_t MerkleTree::bytesBeside(const Block *block, const Block *other,
                                 unsigned height) {
  if (!block || block == other)
    return 0;
  if (height == 0)
    return sizeof(Block);
  const auto *inner = static_cast<const InnerBlock *>(block);
  uint64_t bytes = sizeof(InnerBlock);
  for (size_t i = 0; i < blockChildren; ++i)
    bytes += bytesBeside(
        inner->children[i].get(),
        other ? static_cast<const InnerBlock *>(other)->children[i].get()
              : nullptr,
        height - 1);
  return bytes;
}

uint64_t MerkleTree::bytesBeside(const MerkleTree &other) const {
  return top ? bytesBeside(top.get(), other.top.get(), height() - 1) : 0;
}

const Hash &MerkleTree::node(unsigned level, uint64_t index) const {
  if (level == levels())
    return rootHash;
  unsigned wanted = level / blockLevels; // height of the block that has it
  const Block *block = top.get();
  for (unsigned h = height() - 1; block && h > wanted; --h) {
    uint64_t child = index >> ((h * blockLevels) - level);
    block = static_cast<const InnerBlock *>(block)
                ->children[child % blockChildren]
                .get();
  }
  if (!block)
    return (*padding)[pageDepth() + level];
  unsigned row = blockChildren >> (level % blockLevels);
  return block->at(row + index % row);
}

Hash MerkleTree::subtreeRoot(std::span<const uint8_t> bytes, uint64_t address,
                             unsigned depth) const {
  if (depth >= pageDepth())
    return node(depth - pageDepth(), address >> (depth + 5));
  uint64_t begin = std::min<uint64_t>(address, bytes.size());
  uint64_t size = std::min(bytes.size() - begin, uint64_t(leafBytes) << depth);
  return merkleRoot(bytes.subspan(begin, size), depth, pad);
}

Hash MerkleTree::leaf(std::span<const uint8_t> bytes, uint64_t address) const {
  PaddedPages::Buffer padded;
  uint64_t size = uint64_t(leafBytes) << pageDepth();
  const uint8_t *page =
      PaddedPages(bytes, pageDepth(), pad).page(address / size, padded);
  Hash leaf;
  std::memcpy(leaf.data(), page + address % size / leafBytes * leafBytes,
              leafBytes);
  return leaf;
}

std::vector<Hash> MerkleTree::proof(std::span<const uint8_t> bytes,
                                    uint64_t address) const {
  std::vector<Hash> siblings;
  siblings.reserve(treeDepth);
  uint64_t index = address / leafBytes;
  uint64_t page = index >> pageDepth();
  index -= page << pageDepth();

  PaddedPages::Buffer padded;
  std::array<Hash, size_t(1) << maxPageDepth> nodes;
  size_t count = size_t(1) << pageDepth();
  std::memcpy(nodes.data(),
              PaddedPages(bytes, pageDepth(), pad).page(page, padded),
              count * sizeof(Hash));
  for (; count > 1; count /= 2, index /= 2) {
    siblings.push_back(nodes[index ^ 1]);
    hashLevels(nodes[0].data(), count, 1, nodes[0].data());
  }
  for (unsigned level = 0; level < levels(); ++level)
    siblings.push_back(node(level, (page >> level) ^ 1));
  return siblings;
}
