//===- MerkleTree.h - A Merkle tree kept up to date -------------*- C++ -*-===//
//
// The tree of Merkle.h over bytes that stay where they are, such as a
// machine's memory or mapped weights. It keeps the hashes from the pages (4
// KiB, 128 leaves) upwards, in blocks that cover 16 pages, 16 blocks, and so
// on: about 1/64 of the bytes. What is padding has no block.
//
// Blocks never change once a tree has them; an update makes new ones along
// the paths of the changed pages. So a copy costs nothing, and an older copy
// is the tree as it was then: snapshots share what did not change.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_MERKLETREE_H
#define OPML_VM_MERKLETREE_H

#include "opml/vm/Merkle.h"
#include <functional>
#include <memory>

namespace opml::vm {

class PaddedPages;

class MerkleTree {
public:
  static constexpr unsigned maxDepth = 39; // 2^32 pages
  static constexpr unsigned maxPageDepth = 7;

  /// The tree of no bytes: all 2^(depth + 5) bytes are `pad`; depth <=
  /// maxDepth.
  explicit MerkleTree(unsigned depth, uint8_t pad = 0);
  /// The tree of `bytes`, padded, of which there are at most 2^(depth + 5).
  MerkleTree(std::span<const uint8_t> bytes, unsigned depth, uint8_t pad = 0,
             unsigned threads = 0);

  /// Hashes these pages anew, ascending page numbers without repetition, and
  /// their paths to the root; reads no other page. `bytes` are all bytes of
  /// the tree without the padding behind them. Returns how many nodes were
  /// hashed: none inside of what is padding. See parallelFor for `threads`.
  uint64_t update(std::span<const uint8_t> bytes,
                  std::span<const uint32_t> pages, unsigned threads = 0);
  /// The same where the bytes of these pages are copied elsewhere: `copyOf` has
  /// the 4 KiB of each. Requires maxPageDepth <= depth().
  using CopyOfPage = std::function<const uint8_t *(uint32_t page)>;
  uint64_t update(const CopyOfPage &copyOf, std::span<const uint32_t> pages,
                  unsigned threads = 0);

  /// Puts `tree`, of the same padding, in the place of the subtree at
  /// `address`, a multiple of its size. No page is hashed. Requires
  /// pageDepth() <= tree.depth() <= depth().
  void graft(uint64_t address, const MerkleTree &tree);

  unsigned depth() const { return treeDepth; }
  /// The depth of a page: 7, or the tree's own if that is less.
  unsigned pageDepth() const { return std::min(treeDepth, maxPageDepth); }

  /// Bytes of memory that this tree takes beside `other`, a tree of the same
  /// depth: those of the blocks that the two do not share.
  uint64_t bytesBeside(const MerkleTree &other) const;

  /// As of the last update: see merkleRoot.
  const Hash &root() const { return rootHash; }
  /// The root of the subtree of that depth at `address`, a multiple of its
  /// size. `bytes` as of the last update; a page is read if depth is less than
  /// pageDepth().
  Hash subtreeRoot(std::span<const uint8_t> bytes, uint64_t address,
                   unsigned depth) const;
  /// The leaf that holds `address`, and its siblings as foldProof takes them:
  /// depth() hashes. `bytes` as of the last update; only that page is read.
  Hash leaf(std::span<const uint8_t> bytes, uint64_t address) const;
  std::vector<Hash> proof(std::span<const uint8_t> bytes,
                          uint64_t address) const;

private:
  struct Block;
  struct InnerBlock;
  using BlockPointer = std::shared_ptr<const Block>;
  class Update;

  uint64_t update(const PaddedPages &source, std::span<const uint32_t> pages,
                  unsigned threads);
  static uint64_t bytesBeside(const Block *block, const Block *other,
                              unsigned height);

  /// Levels of the tree above the pages.
  unsigned levels() const { return treeDepth - pageDepth(); }
  /// How many blocks a path from a page to the root passes.
  unsigned height() const;
  /// Node `index` of the `level`th level above the pages.
  const Hash &node(unsigned level, uint64_t index) const;

  unsigned treeDepth;
  uint8_t pad;
  /// Roots of the all-padding subtrees by depth.
  std::shared_ptr<const std::vector<Hash>> padding;
  Hash rootHash;
  BlockPointer top; // null where everything is padding, or there is one page
};

} // namespace opml::vm

#endif // OPML_VM_MERKLETREE_H
