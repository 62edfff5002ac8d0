//===- AccessChecks.h - Checks of data addresses in one block ---*- C++ -*-===//
//
// Once a block is begun, all of its instructions are executed unless one traps.
// So an access may be checked at any earlier place: if the check fails there,
// the block traps. Accesses at small distances from one base are checked
// together, where the base is first known, as a rule at the block's start.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_TRANSLATOR_ACCESSCHECKS_H
#define OPML_VM_LIB_TRANSLATOR_ACCESSCHECKS_H

#include "Frame.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>

namespace opml::vm {

class AccessChecks {
public:
  explicit AccessChecks(const FunctionFrame &frame) : frame(frame) {}

  /// A place in the code where addresses can be checked: `block` is left for
  /// `stay`, or for `leave` if a check fails.
  void addSite(llvm::BasicBlock *block, llvm::BasicBlock *stay,
               llvm::BasicBlock *leave);

  /// What `block` defines is known at later sites.
  void endBlock(llvm::BasicBlock *block) { knownFrom[block] = sites.size(); }

  struct Range;
  /// A place in a range of addresses that is checked as one.
  struct Access {
    Range *range = nullptr;
    int32_t offset = 0;
  };
  /// Has an access checked at a site where its address is known by then; no
  /// range if there is none.
  Access check(llvm::Value *address, unsigned bytes);
  llvm::Value *pointer(Builder &B, const Access &access);

  /// Has markPages() mark the page of this store.
  void addStore(const Access &access);
  void markPages(Builder &B);

  /// Ends all sites' blocks.
  void finish(Builder &B);

private:
  struct Site;
  bool isKnownAt(size_t site, llvm::Value *value) const;
  Access checkAt(Site &site, llvm::Value *base, int32_t offset, unsigned bytes);
  void finishSite(Builder &B, Site &site);
  void markPages(Builder &B, Range &range);

  const FunctionFrame &frame;
  std::deque<Site> sites; // in the order of execution
  /// By block that has ended: the first site behind it.
  llvm::DenseMap<llvm::BasicBlock *, size_t> knownFrom;
};

/// Addresses at small distances from one base, checked by one test of a value
/// or two.
struct AccessChecks::Range {
  llvm::Value *base = nullptr; // null: address 0
  int64_t first = 0, last = 0; // offsets
  /// All addresses are `residue` modulo `alignment` when rounded down.
  unsigned alignment = 1, residue = 0;
  bool alwaysFails = false; // contradictory alignments
  std::vector<int32_t> stores;
  // 64 bits: the lowest address that is tested, and the base, or what yields
  // the same addresses where the test has passed.
  llvm::Instruction *lowest = nullptr, *lowest64 = nullptr, *base64 = nullptr;
  llvm::Instruction *pointer = nullptr; // to base64
};

struct AccessChecks::Site {
  llvm::BasicBlock *block, *stay, *leave;
  std::deque<Range> ranges;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_ACCESSCHECKS_H
