//===- Merkle.cpp - Binary Merkle trees over 32-byte leaves ---------------===//

#include "MerkleHashing.h"
#include "opml/vm/MerkleTree.h"
#include <bit>

using namespace opml::vm;

Hash opml::vm::uniformRoot(const Hash &leaf, unsigned depth) {
  Hash root = leaf;
  for (unsigned d = 0; d < depth; ++d)
    root = hashPair(root, root);
  return root;
}

const Hash &opml::vm::zeroRoot(unsigned depth) {
  return (*paddingRoots(0, depth))[depth];
}

unsigned opml::vm::depthForBytes(uint64_t bytes) {
  uint64_t leaves = bytes / leafBytes + (bytes % leafBytes != 0);
  return leaves <= 1 ? 0 : std::bit_width(leaves - 1);
}

Hash opml::vm::merkleRoot(std::span<const uint8_t> bytes, unsigned depth,
                          uint8_t pad, unsigned threads) {
  return MerkleTree(bytes, depth, pad, threads).root();
}

Hash opml::vm::foldProof(Hash node, uint64_t index,
                         std::span<const Hash> siblings) {
  for (const Hash &sibling : siblings) {
    node = index & 1 ? hashPair(sibling, node) : hashPair(node, sibling);
    index >>= 1;
  }
  return node;
}

bool opml::vm::verifyProof(const Hash &root, unsigned depth, const Hash &node,
                           uint64_t index, std::span<const Hash> siblings) {
  return siblings.size() == depth && (depth >= 64 || index >> depth == 0) &&
         foldProof(node, index, siblings) == root;
}
