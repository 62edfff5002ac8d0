//===- MerkleHashing.h - Pages and nodes, hashed in batches -----*- C++ -*-===//
//
// What fills the lanes of hashPairs: the nodes of one level do not depend on
// one another, wherever in the tree they are.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_MERKLEHASHING_H
#define OPML_VM_LIB_MERKLEHASHING_H

#include "opml/vm/MerkleTree.h"

namespace opml::vm {

/// The roots of the subtrees all of whose bytes are `pad`, by depth, for
/// depths 0 to at least `depth`; the zero ones, to 64, are computed once.
std::shared_ptr<const std::vector<Hash>> paddingRoots(uint8_t pad,
                                                      unsigned depth);

/// Hashes `levels` levels of the tree over the 32-byte nodes at `nodes`, a
/// multiple of 2^levels, and leaves the last one at the start of `result`,
/// which has room for them all or, with at least one level, for half.
void hashLevels(const uint8_t *nodes, size_t count, unsigned levels,
                uint8_t *result);

/// The bytes of an array, cut into pages of 2^(pageDepth + 5) bytes, and the
/// padding behind them.
class PaddedPages {
public:
  PaddedPages(std::span<const uint8_t> bytes, unsigned pageDepth, uint8_t pad)
      : bytes(bytes), pageDepth(pageDepth), pad(pad) {}
  /// Whole pages of 4 KiB, wherever they are.
  PaddedPages(const MerkleTree::CopyOfPage &copyOf, uint8_t pad)
      : copyOf(&copyOf), pageDepth(MerkleTree::maxPageDepth), pad(pad) {}

  using Buffer = std::array<uint8_t, leafBytes << MerkleTree::maxPageDepth>;

  unsigned depth() const { return pageDepth; }
  /// True if all of the page is padding; what lies behind the array is not
  /// looked at, and of another page only what it takes to see the difference.
  bool isPadding(uint64_t page) const;
  /// The whole page: in its place, or completed in `buffer`.
  const uint8_t *page(uint64_t page, Buffer &buffer) const;

private:
  std::span<const uint8_t> content(uint64_t page) const;

  std::span<const uint8_t> bytes;
  const MerkleTree::CopyOfPage *copyOf = nullptr;
  unsigned pageDepth;
  uint8_t pad;
};

/// Hashes pages, several at a time: down to eight nodes a page by itself fills
/// the lanes, from there on only several together do.
class PageBatch {
public:
  PageBatch(const PaddedPages &pages, const Hash &paddingRoot)
      : pages(pages), paddingRoot(paddingRoot) {}

  /// `root` has the page's root after the next flush.
  void add(uint64_t page, Hash *root);
  void flush();
  /// Nodes hashed so far.
  uint64_t hashed() const { return count; }

private:
  static constexpr size_t capacity = 8;
  static constexpr unsigned maxNodeDepth = 3; // of a page's nodes in the batch

  const PaddedPages &pages;
  const Hash &paddingRoot;
  alignas(64) std::array<Hash, (capacity << maxNodeDepth)> nodes;
  std::array<Hash *, capacity> roots;
  size_t size = 0;
  uint64_t count = 0;
};

/// Hashes nodes of one level from wherever their children are.
class NodeBatch {
public:
  /// The padding roots of the children's level and of the nodes'.
  void setPadding(const Hash &child, const Hash &node);
  /// `node` has the hash of children[0] and children[1] after the next flush.
  void add(const Hash *children, Hash *node);
  void flush();
  uint64_t hashed() const { return count; }

private:
  static constexpr size_t capacity = 64;

  const Hash *paddingChild = nullptr, *paddingNode = nullptr;
  std::array<Hash, 2 * capacity> pairs;
  std::array<Hash *, capacity> nodes;
  size_t size = 0;
  uint64_t count = 0;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_MERKLEHASHING_H
