//===- MerkleBlock.h - Sixteen children of a Merkle tree --------*- C++ -*-===//

#ifndef OPML_VM_LIB_MERKLEBLOCK_H
#define OPML_VM_LIB_MERKLEBLOCK_H

#include "opml/vm/MerkleTree.h"

namespace opml::vm {

/// Blocks cover this many levels.
inline constexpr unsigned blockLevels = 4;
inline constexpr unsigned blockChildren = 1 << blockLevels;

/// Four levels of a tree, numbered like a heap: node n has the children 2n and
/// 2n + 1; 16 to 31 are pages, or the roots of blocks below. Node 1 is in the
/// block above. The top block of a tree may have fewer levels; it uses the
/// leftmost nodes of the lowest of these.
struct MerkleTree::Block {
  Hash &at(size_t n) { return nodes[n - 2]; }
  const Hash &at(size_t n) const { return nodes[n - 2]; }

private:
  std::array<Hash, 2 * blockChildren - 2> nodes;
};

/// A block above others. A child that is padding, or above the pages, is null.
struct MerkleTree::InnerBlock : Block {
  std::array<BlockPointer, blockChildren> children;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_MERKLEBLOCK_H
