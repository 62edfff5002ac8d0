//===- Replay.h - The states of one run, in any order -----------*- C++ -*-===//
//
// A player of a dispute is asked for state hashes all over a run, then in ever
// smaller parts of it. Replay keeps snapshots on the way, so that the run is
// executed about once: on a schedule, and where sections are asked for. A
// snapshot holds the registers, the pages written since the one before, and
// the Merkle tree, of which neighbours share what did not change. Pages that
// nobody writes are never copied.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_REPLAY_H
#define OPML_VM_REPLAY_H

#include "opml/vm/Machine.h"
#include "opml/vm/Watch.h"

namespace opml::vm {

/// A step with its witness.
struct ProvenStep {
  uint32_t pc = 0;
  Witness witness;
  std::array<uint8_t, packedStateBytes> packedPostState{};
};

/// Where in (from, to] the `part`th of k parts ends: part k ends at `to`. The
/// parts are as equal as whole steps allow, some empty if there are fewer than
/// k steps. Requires from <= to, part <= k, 0 < k.
uint64_t sectionEnd(uint64_t from, uint64_t to, uint32_t k, uint32_t part);

struct ReplayOptions {
  /// Bounds the bytes that snapshots take, and the pages that the machine
  /// itself has written; where it does not suffice, there are fewer snapshots
  /// and more steps are executed.
  uint64_t snapshotMemory = uint64_t(1) << 30;
  /// Between two snapshots on the schedule there are at least so many steps.
  uint64_t leastSpacing = uint64_t(1) << 22;
  /// So many pages or more are hashed while the machine runs on.
  uint64_t pagesForThread = 64;
};

/// Several threads may ask at once; they are answered one after another. All
/// questions fail only if they are cancelled.
class Replay {
public:
  using Options = ReplayOptions;

  /// `initial` is the machine at step 0, `engine` one for its code.
  Replay(Machine initial, std::unique_ptr<Engine> engine,
         const Options &options = {});
  ~Replay();
  Replay(const Replay &) = delete;
  Replay &operator=(const Replay &) = delete;

  /// Stepping a machine that has halted or trapped is the identity, so every
  /// step has a state; those behind the end cost nothing.
  Expected<Hash> stateHash(uint64_t step, const Watch &watch = {});
  /// The state hashes at the ends of the k parts of (from, to]: see sectionEnd.
  Expected<std::vector<Hash>> section(uint64_t from, uint64_t to, uint32_t k,
                                      const Watch &watch = {});
  /// The step that follows `step` others.
  Expected<ProvenStep> witness(uint64_t step, const Watch &watch = {});
  /// Calls `look` with the machine after `step` steps, the tree of its memory,
  /// and the number of steps that were not the identity.
  using Look = std::function<void(const Machine &machine,
                                  const MerkleTree &tree, uint64_t steps)>;
  Expected<void> visit(uint64_t step, const Look &look,
                       const Watch &watch = {});

  /// May be called while others ask; takes effect when they are answered.
  void setSnapshotMemory(uint64_t bytes);

  struct Stats {
    uint64_t executedSteps = 0;
    uint64_t snapshots = 0;
    uint64_t memory = 0; // bytes, as snapshotMemory counts them
  };
  Stats stats() const;

private:
  class State;
  std::unique_ptr<State> state;
};

} // namespace opml::vm

#endif // OPML_VM_REPLAY_H
