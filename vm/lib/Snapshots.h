//===- Snapshots.h - States of a run within a budget ------------*- C++ -*-===//
//
// A snapshot stores those pages that were written since the one before it, so
// a page's content at a snapshot is its last version stored at or before it;
// a page without one is as it was before any write.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_SNAPSHOTS_H
#define OPML_VM_LIB_SNAPSHOTS_H

#include "BackgroundUpdate.h"
#include "PagePool.h"
#include "opml/vm/Machine.h"
#include <map>
#include <unordered_map>

namespace opml::vm {

/// Page numbers, ascending, without repetition.
using PageSet = std::vector<uint32_t>;
PageSet unite(const PageSet &left, const PageSet &right);

/// Where a running machine stands: at a snapshot, but for these pages, which
/// it has written since.
struct Position {
  uint64_t snapshot = 0;
  PageSet written;
};

class Snapshots {
public:
  /// The first snapshot, at step 0, which stays; `written` are the pages that
  /// a discarded memory would not have.
  Snapshots(const Machine &machine, const PageSet &written);

  /// The step of the last snapshot at or before `step`.
  uint64_t atOrBefore(uint64_t step) const;
  const Registers &registers(uint64_t step) const {
    return snapshots.at(step).registers;
  }
  /// The tree of a snapshot close to that at `step`, of those that have one,
  /// and the pages that may differ between the two.
  struct KnownTree {
    const MerkleTree *tree = nullptr;
    PageSet stale;
  };
  KnownTree nearestTree(uint64_t step) const;

  /// The pages that may differ between two snapshots.
  PageSet changed(uint64_t step, uint64_t other) const;
  /// The stored bytes of these pages at a snapshot; nothing if one of them is
  /// as before any write. They stay until the next trim.
  std::optional<PageCopies> copies(const PageSet &pages, uint64_t step) const;
  /// Gives the memory the content of these pages at a snapshot, and no marks.
  /// Returns those that are as before any write.
  PageSet restore(Memory &memory, const PageSet &pages, uint64_t step) const;

  /// A new snapshot of the machine at `step`, behind position.snapshot and
  /// before any later one; the position moves there. Returns how many of its
  /// pages the snapshot before it has stored as well.
  size_t add(uint64_t step, const Machine &machine, Position &position);
  void setTree(uint64_t step, const MerkleTree &tree);

  /// Steps (from, to] whose snapshots are the last to go.
  void protect(uint64_t from, uint64_t to) { wanted = {from, to}; }
  /// Removes snapshots until all take at most `budget` bytes, if it can be,
  /// those first that free many bytes for the steps that they leave bare. The
  /// position follows. Returns the longest stretch that was left bare.
  uint64_t trim(uint64_t budget, uint64_t lastStep, Position &position);
  /// Whether trim would remove something.
  bool exceed(uint64_t budget) const;
  /// What a snapshot at this position would take, without its tree.
  static uint64_t bytesAt(const Position &position);

  uint64_t bytes() const { return usedBytes; }
  size_t count() const { return snapshots.size(); }

private:
  struct Snapshot {
    Registers registers;
    /// All that were written since the snapshot before, perhaps more: those
    /// with a version stored here.
    PageSet pages;
    std::optional<MerkleTree> tree;
    uint64_t treeBytes = 0; // beside the tree of the snapshot before
    size_t superseded = 0;  // of its versions, by the next snapshot's
  };
  using Map = std::map<uint64_t, Snapshot>;
  using Page = PagePool::Page;
  struct Version {
    uint64_t step;
    PagePool::PagePointer bytes;
  };
  using Versions = std::vector<Version>; // of one page, ascending

  /// A page at a snapshot; null if it is as before any write.
  const Page *find(uint32_t page, uint64_t step) const;
  void store(uint32_t page, uint64_t step, const Memory &memory);
  void recount(Map::iterator snapshot);
  static uint64_t ownBytes(const Snapshot &snapshot);
  Map::iterator pickVictim(uint64_t lastStep, bool alsoWanted);
  uint64_t gapWithout(Map::iterator snapshot, uint64_t lastStep) const;
  void remove(Map::iterator snapshot, Position &position);

  PagePool pool;
  Map snapshots;
  std::unordered_map<uint32_t, Versions> versions;
  uint64_t usedBytes = 0;
  std::pair<uint64_t, uint64_t> wanted{0, 0};
};

} // namespace opml::vm

#endif // OPML_VM_LIB_SNAPSHOTS_H
