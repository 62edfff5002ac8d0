//===- SparseTree.cpp - A Merkle tree of few leaves -----------------------===//

#include "SparseTree.h"

using namespace opml::vm;

static const std::vector<Hash> &uniformRoots(uint8_t pad, unsigned depth) {
  static std::map<uint8_t, std::vector<Hash>> known;
  std::vector<Hash> &roots = known[pad];
  if (roots.empty()) {
    Hash leaf;
    leaf.fill(pad);
    roots.push_back(leaf);
  }
  while (roots.size() <= depth)
    roots.push_back(hashPair(roots.back(), roots.back()));
  return roots;
}

SparseTree::SparseTree(unsigned depth, uint8_t pad)
    : depth(depth), padding(uniformRoots(pad, depth)) {}

const Hash &SparseTree::leaf(uint64_t index) const {
  auto found = leaves.find(index);
  return found == leaves.end() ? padding[0] : found->second;
}

Hash SparseTree::node(unsigned height, uint64_t index) const {
  auto first = leaves.lower_bound(index << height);
  if (first == leaves.end() || first->first >> height != index)
    return padding[height];
  if (height == 0)
    return first->second;
  return hashPair(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
}

std::vector<Hash> SparseTree::proof(uint64_t index) const {
  std::vector<Hash> siblings;
  siblings.reserve(depth);
  for (unsigned height = 0; height < depth; ++height)
    siblings.push_back(node(height, index >> height ^ 1));
  return siblings;
}
