//===- BackgroundUpdate.h - Hashing while the machine runs on ---*- C++ -*-===//
//
// The tree of a snapshot, from the pages that the snapshot has copied: another
// thread hashes them while the machine already writes to its own.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_BACKGROUNDUPDATE_H
#define OPML_VM_LIB_BACKGROUNDUPDATE_H

#include "opml/vm/MerkleTree.h"
#include "opml/vm/Parallel.h"
#include <atomic>
#include <optional>

namespace opml::vm {

/// Pages of 4 KiB by ascending numbers, and where their bytes are.
struct PageCopies {
  std::vector<uint32_t> pages;
  std::vector<const uint8_t *> bytes;
};

class BackgroundUpdate {
public:
  /// Begins to bring `tree` up to date; the copies stay where they are until
  /// the update is taken. Requires that there is none.
  void start(MerkleTree tree, PageCopies copies);
  bool exists() const { return tree.has_value(); }
  /// Whether take() would wait.
  bool runs() const { return exists() && !done; }
  /// Waits for the update, or does it if nobody has begun, and takes the tree.
  MerkleTree take();

private:
  void update();

  std::optional<MerkleTree> tree;
  PageCopies copies;
  std::atomic<bool> done = false;
  std::optional<OfferedWork> offer;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_BACKGROUNDUPDATE_H
