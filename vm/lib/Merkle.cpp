//===- Merkle.cpp - Binary Merkle trees over 32-byte leaves ---------------===//

#include "opml/vm/Merkle.h"
#include <algorithm>
#include <bit>
#include <cstring>

using namespace opml::vm;

namespace {

constexpr unsigned maxTreeDepth = 64;
// Subtrees of this depth (4 KiB) are compared with zero before being hashed.
constexpr unsigned pageDepth = 7;

using Bytes = std::span<const uint8_t>;

bool isZero(Bytes bytes) {
  return bytes.empty() ||
         (bytes[0] == 0 &&
          std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

/// The part of `bytes` under node `index` at height `depth`.
Bytes subtreeBytes(Bytes bytes, uint64_t index, unsigned depth) {
  // depth + 5 may reach 64 for the root of a tree of depth 59 or more.
  unsigned shift = depth + 5;
  if (shift >= 64)
    return index == 0 ? bytes : Bytes();
  uint64_t size = uint64_t(1) << shift;
  if (index > (bytes.size() >> shift))
    return {};
  uint64_t begin = std::min<uint64_t>(index << shift, bytes.size());
  return bytes.subspan(begin, std::min<uint64_t>(size, bytes.size() - begin));
}

/// Roots of the all-padding subtrees of every depth up to a tree's own.
class PaddingRoots {
public:
  PaddingRoots(uint8_t pad, unsigned depth) : pad(pad) {
    Hash leaf;
    leaf.fill(pad);
    roots.push_back(leaf);
    for (unsigned d = 0; d < depth; ++d)
      roots.push_back(hashPair(roots[d], roots[d]));
  }

  const Hash &at(unsigned depth) const { return roots[depth]; }

  Hash leaf(Bytes bytes) const {
    Hash result;
    result.fill(pad);
    std::copy(bytes.begin(), bytes.end(), result.begin());
    return result;
  }

  Hash root(Bytes bytes, unsigned depth) const {
    if (bytes.empty())
      return roots[depth];
    if (depth == 0)
      return leaf(bytes);
    if (pad == 0 && depth == pageDepth && isZero(bytes))
      return roots[depth];
    Hash left = root(subtreeBytes(bytes, 0, depth - 1), depth - 1);
    Hash right = root(subtreeBytes(bytes, 1, depth - 1), depth - 1);
    const Hash &padding = roots[depth - 1];
    if (left == padding && right == padding)
      return roots[depth];
    return hashPair(left, right);
  }

private:
  uint8_t pad;
  std::vector<Hash> roots;
};

/// All zero roots, computed once.
const PaddingRoots &zeroPadding() {
  static const PaddingRoots roots(0, maxTreeDepth);
  return roots;
}

} // namespace

Hash opml::vm::uniformRoot(const Hash &leaf, unsigned depth) {
  Hash root = leaf;
  for (unsigned d = 0; d < depth; ++d)
    root = hashPair(root, root);
  return root;
}

const Hash &opml::vm::zeroRoot(unsigned depth) {
  return zeroPadding().at(depth);
}

unsigned opml::vm::depthForBytes(uint64_t bytes) {
  uint64_t leaves = bytes / leafBytes + (bytes % leafBytes != 0);
  return leaves <= 1 ? 0 : std::bit_width(leaves - 1);
}

Hash opml::vm::merkleRoot(Bytes bytes, unsigned depth, uint8_t pad) {
  if (pad == 0)
    return zeroPadding().root(bytes, depth);
  return PaddingRoots(pad, depth).root(bytes, depth);
}

std::vector<Hash> opml::vm::merkleProof(Bytes bytes, unsigned depth,
                                        uint64_t index, uint8_t pad) {
  // The siblings' subtrees and the leaf partition the tree: each byte is
  // hashed once, as for the root.
  PaddingRoots own(pad, pad == 0 ? 0 : depth);
  const PaddingRoots &padding = pad == 0 ? zeroPadding() : own;
  std::vector<Hash> siblings;
  siblings.reserve(depth);
  for (unsigned d = 0; d < depth; ++d)
    siblings.push_back(
        padding.root(subtreeBytes(bytes, (index >> d) ^ 1, d), d));
  return siblings;
}

Hash opml::vm::foldProof(Hash node, uint64_t index,
                         std::span<const Hash> siblings) {
  for (const Hash &sibling : siblings) {
    node = index & 1 ? hashPair(sibling, node) : hashPair(node, sibling);
    index >>= 1;
  }
  return node;
}
