//===- MerkleTree.h - A Merkle tree kept up to date -------------*- C++ -*-===//
//
// For proofs at many points of a run: between two of them a machine changes a
// few pages of its memory, and only those are hashed again.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_MERKLETREE_H
#define OPML_VM_MERKLETREE_H

#include "opml/vm/Merkle.h"
#include <memory>

namespace opml::vm {

class MerkleTree {
public:
  /// The tree of no bytes: all 2^(depth + 5) bytes are `pad`; depth <= 27.
  explicit MerkleTree(unsigned depth, uint8_t pad = 0);

  /// The tree of these bytes, padded; at most 2^(depth + 5). Costs comparing
  /// them with the tree's copy, and hashing the pages that differ.
  void update(std::span<const uint8_t> bytes);

  /// As of the last update: see merkleRoot and merkleProof.
  const Hash &root() const { return levels.back().front(); }
  Hash leaf(uint64_t index) const;
  std::vector<Hash> proof(uint64_t index) const;

private:
  static constexpr unsigned maxPageDepth = 7; // 4 KiB
  using Page = std::array<uint8_t, size_t(leafBytes) << maxPageDepth>;

  /// The page's part of its array.
  std::span<const uint8_t> pageBytes(uint64_t page) const;
  /// Takes over a page, padded; true if it changes.
  bool updatePage(uint64_t page, std::span<const uint8_t> bytes);
  /// Recomputes these pages' roots and everything above; ascending.
  void rehash(std::vector<uint64_t> nodes);

  unsigned pageDepth;
  Page padding;
  std::vector<std::unique_ptr<Page>> pages; // null while the page is padding
  std::vector<std::vector<Hash>> levels;    // the pages' roots, …, the root
};

} // namespace opml::vm

#endif // OPML_VM_MERKLETREE_H
