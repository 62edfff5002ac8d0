//===- Replay.cpp - The states of one run, in any order -------------------===//

#include "opml/vm/Replay.h"
#include "Snapshots.h"
#include <chrono>
#include <mutex>

using namespace opml;
using namespace opml::vm;

/// Between two looks at a Watch: some milliseconds of running, and a fraction
/// of a second of hashing.
static constexpr uint64_t stepsPerLook = uint64_t(1) << 22;
static constexpr size_t pagesPerLook = 8192;

/// Snapshots on the schedule are such a part of the run so far apart. A later
/// question executes half of that on average.
static constexpr uint64_t snapshotsPerRun = 32;
/// Storing a page takes about as long as a thousand steps of translated code.
/// A page that is written once is stored once, however many snapshots there
/// are. On others the schedule spends a small part of the time: behind a
/// snapshot with more pages than these that the one before had stored as well,
/// the next one is further away in proportion.
static constexpr uint64_t pagesPerSpacing = 160;
/// Those of sections may be nearer to each other than those of the schedule,
/// but what takes fewer steps than storing it is executed again.
static constexpr uint64_t snapshotsPerSpacing = 256;
static constexpr uint64_t storedPagesPerSpacing = 512;

uint64_t opml::vm::sectionEnd(uint64_t from, uint64_t to, uint32_t k,
                              uint32_t part) {
  uint64_t length = to - from;
  return from + length / k * part + length % k * part / k;
}

//===- A machine that can go back -----------------------------------------===//

class Replay::State {
public:
  State(Machine initial, std::unique_ptr<Engine> engine, const Options &options)
      : budget(options.snapshotMemory), machine(std::move(initial)),
        engine(std::move(engine)),
        stale(machine.dataMemory().takeWrittenPages()),
        snapshots(machine, stale),
        owned(machine.dataMemory().size() / Memory::pageBytes + 1),
        leastSpacing(options.leastSpacing), spacing(leastSpacing),
        pagesForThread(options.pagesForThread) {
    setOwned(stale, true);
    noteEnd();
  }

  /// Waits for the other questions.
  Expected<std::unique_lock<std::timed_mutex>> begin(const Watch &watch);
  /// Begins to count the steps of a question about the states (from, to].
  void expectSteps(uint64_t from, uint64_t to);
  /// Takes the machine to the state after `step` steps.
  Expected<void> moveTo(uint64_t step, const Watch &watch);
  /// Brings the tree of its memory up to date.
  Expected<void> rehash(const Watch &watch);
  /// Both, unless the hash is known.
  Expected<Hash> hashAt(uint64_t step, const Watch &watch);
  Expected<std::vector<Hash>> section(uint64_t from, uint64_t to, uint32_t k,
                                      const Watch &watch);
  Expected<ProvenStep> prove(uint64_t step, const Watch &watch);

  const Machine &current() const { return machine; }
  const MerkleTree &tree() { return machine.memoryTree(); }
  uint64_t steps() const { return taken; }
  /// Makes room for so many bytes within the budget.
  void trim(uint64_t bytesToCome = 0);
  Stats stats() const {
    return {executed, snapshots.count(), snapshots.bytes() + ownedBytes()};
  }

  std::timed_mutex mutex;
  std::atomic<uint64_t> budget;

private:
  void collect();
  void goTo(uint64_t snapshot);
  Expected<void> run(uint64_t target, const Watch &watch);
  void save();
  void saveIfWorthIt();
  /// Whether the state is a snapshot whose tree is being made meanwhile.
  bool hashInBackground();
  void takeBackgroundTree();
  void noteEnd() {
    if (!machine.running())
      end = taken;
  }
  void setOwned(const PageSet &pages, bool value);
  uint64_t ownedBytes() const { return ownedPages * Memory::pageBytes; }

  Machine machine;
  uint64_t taken = 0; // steps, by the machine
  std::unique_ptr<Engine> engine;
  PageSet stale; // pages that the machine's tree has not seen, or will not
                 // have seen when the background's is taken
  Snapshots snapshots;
  Position position;
  std::vector<bool> owned; // pages that take memory of their own
  uint64_t ownedPages = 0;

  BackgroundUpdate background; // of the tree of a snapshot
  uint64_t backgroundStep = 0;
  std::map<uint64_t, Hash> hashes; // of the section asked for, by step

  std::optional<uint64_t> end; // steps until the machine stops, once known
  std::optional<Hash> endHash;
  uint64_t furthest = 0; // that the machine ever was
  uint64_t leastSpacing, spacing;
  uint64_t partLength = 0; // of the section asked for
  uint64_t pagesForThread;
  uint64_t storedAgain = 0; // pages, by the last snapshot taken
  uint64_t executed = 0;
  uint64_t executedBefore = 0, atMost = 0; // of the question asked
};

Expected<std::unique_lock<std::timed_mutex>>
Replay::State::begin(const Watch &watch) {
  std::unique_lock<std::timed_mutex> lock(mutex, std::defer_lock);
  while (!lock.try_lock_for(std::chrono::milliseconds(20)))
    if (watch.cancelled())
      return cancelledError();
  return lock;
}

void Replay::State::expectSteps(uint64_t from, uint64_t to) {
  uint64_t start = snapshots.atOrBefore(from);
  if (taken <= from)
    start = std::max(start, taken);
  partLength = 0;
  executedBefore = executed;
  atMost = std::min(to, end.value_or(to)) - std::min(start, end.value_or(to));
}

void Replay::State::setOwned(const PageSet &pages, bool value) {
  for (uint32_t page : pages)
    if (owned[page] != value) {
      owned[page] = value;
      value ? ++ownedPages : --ownedPages;
    }
}

/// Takes over what the machine has written.
void Replay::State::collect() {
  PageSet pages = machine.dataMemory().takeWrittenPages();
  setOwned(pages, true);
  stale = unite(stale, pages);
  position.written = unite(position.written, pages);
}

void Replay::State::goTo(uint64_t snapshot) {
  takeBackgroundTree();
  collect();
  PageSet pages =
      unite(position.written, snapshots.changed(position.snapshot, snapshot));
  PageSet initial = snapshots.restore(machine.dataMemory(), pages, snapshot);
  setOwned(pages, true);
  setOwned(initial, false);
  machine.registers() = snapshots.registers(snapshot);
  taken = snapshot;
  position = {snapshot, {}};

  stale = unite(stale, pages);
  Snapshots::KnownTree known = snapshots.nearestTree(snapshot);
  if (known.tree && known.stale.size() <= stale.size()) {
    machine.setTree(*known.tree);
    stale = std::move(known.stale);
  }
}

Expected<void> Replay::State::moveTo(uint64_t step, const Watch &watch) {
  step = std::min(step, end.value_or(step));
  uint64_t snapshot = snapshots.atOrBefore(step);
  if (taken > step || taken < snapshot)
    goTo(snapshot);
  return run(step, watch);
}

Expected<void> Replay::State::run(uint64_t target, const Watch &watch) {
  while (taken < target && machine.running()) {
    if (watch.cancelled())
      return cancelledError();
    uint64_t gap = std::max({spacing, furthest / snapshotsPerRun, partLength,
                             storedAgain * leastSpacing / pagesPerSpacing});
    uint64_t count =
        machine.run(std::min({target - taken, stepsPerLook, gap}), *engine);
    taken += count;
    executed += count;
    furthest = std::max(furthest, taken);
    noteEnd();
    if (!machine.running() || taken - position.snapshot >= gap) {
      save();
      if (!background.runs())
        hashInBackground();
    }
    if (watch.progress)
      watch.progress(executed - executedBefore, atMost);
  }
  return {};
}

void Replay::State::save() {
  collect();
  trim(Snapshots::bytesAt(position));
  storedAgain = snapshots.add(taken, machine, position);
  trim();
}

void Replay::State::saveIfWorthIt() {
  collect();
  uint64_t least = std::max(leastSpacing / snapshotsPerSpacing,
                            uint64_t(position.written.size()) * leastSpacing /
                                storedPagesPerSpacing);
  if (taken - position.snapshot > least)
    save();
}

bool Replay::State::hashInBackground() {
  if (background.exists() && backgroundStep == taken)
    return true;
  bool isSnapshot = position.snapshot == taken && position.written.empty();
  if (!isSnapshot || stale.size() < pagesForThread ||
      machine.dataMemory().depth() < MerkleTree::maxPageDepth)
    return false;
  takeBackgroundTree();
  std::optional<PageCopies> copies = snapshots.copies(stale, taken);
  if (!copies)
    return false;
  background.start(machine.hashedTree(), std::move(*copies));
  backgroundStep = taken;
  stale.clear();
  return true;
}

void Replay::State::takeBackgroundTree() {
  if (!background.exists())
    return;
  machine.setTree(background.take());
  const MerkleTree &tree = machine.hashedTree();
  snapshots.setTree(backgroundStep, tree);
  hashes[backgroundStep] = keccak256(
      packState(snapshots.registers(backgroundStep), machine.code().codeRoot(),
                machine.code().codeDepth(), tree.depth(), tree.root()));
}

void Replay::State::trim(uint64_t bytesToCome) {
  uint64_t limit = budget;
  limit -= std::min(limit, ownedBytes() + bytesToCome);
  if (snapshots.exceed(limit))
    takeBackgroundTree(); // it may need what goes
  uint64_t bare = snapshots.trim(limit, furthest, position);
  // Snapshots that would have to go at once are not worth taking.
  spacing = std::max(spacing, bare / 2);
}

Expected<void> Replay::State::rehash(const Watch &watch) {
  takeBackgroundTree();
  collect();
  while (!stale.empty()) {
    if (watch.cancelled())
      return cancelledError();
    size_t count = std::min(stale.size(), pagesPerLook);
    machine.rehash(std::span(stale).first(count));
    stale.erase(stale.begin(), stale.begin() + ptrdiff_t(count));
  }
  snapshots.setTree(taken, machine.memoryTree());
  trim();
  return {};
}

Expected<Hash> Replay::State::hashAt(uint64_t step, const Watch &watch) {
  if (end && step >= *end && endHash)
    return *endHash;
  if (Expected<void> ok = moveTo(step, watch); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = rehash(watch); !ok)
    return tl::unexpected(ok.error());
  Hash hash = machine.stateHash();
  if (end && taken == *end)
    endHash = hash;
  return hash;
}

Expected<std::vector<Hash>> Replay::State::section(uint64_t from, uint64_t to,
                                                   uint32_t k,
                                                   const Watch &watch) {
  snapshots.protect(from, to);
  // All that is asked later in a descent begins here.
  if (Expected<void> ok = moveTo(from, watch); !ok)
    return tl::unexpected(ok.error());
  saveIfWorthIt();
  hashes.clear();
  partLength = (to - from) / k; // its ends take the place of the schedule
  for (uint32_t part = 1; part <= k; ++part) {
    uint64_t step = sectionEnd(from, to, k, part);
    if (hashes.contains(step))
      continue;
    if (Expected<void> ok = moveTo(step, watch); !ok)
      return tl::unexpected(ok.error());
    saveIfWorthIt();
    if (taken == step && hashInBackground())
      continue;
    Expected<Hash> hash = hashAt(step, watch);
    if (!hash)
      return tl::unexpected(hash.error());
    hashes[step] = *hash;
  }
  takeBackgroundTree();
  std::vector<Hash> result;
  result.reserve(k);
  for (uint32_t part = 1; part <= k; ++part)
    result.push_back(hashes.at(sectionEnd(from, to, k, part)));
  return result;
}

Expected<ProvenStep> Replay::State::prove(uint64_t step, const Watch &watch) {
  if (Expected<void> ok = moveTo(step, watch); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = rehash(watch); !ok)
    return tl::unexpected(ok.error());
  ProvenStep proven;
  proven.pc = machine.registers().pc;
  bool runs = machine.running();
  proven.witness = machine.witnessStep();
  taken += runs;
  executed += runs;
  furthest = std::max(furthest, taken);
  noteEnd();
  collect();
  machine.rehash(stale);
  stale.clear();
  proven.packedPostState = machine.packed(machine.memoryTree().root());
  return proven;
}

//===- The public face ----------------------------------------------------===//

Replay::Replay(Machine initial, std::unique_ptr<Engine> engine,
               const Options &options)
    : state(std::make_unique<State>(std::move(initial), std::move(engine),
                                    options)) {}

Replay::~Replay() = default;

Expected<Hash> Replay::stateHash(uint64_t step, const Watch &watch) {
  auto lock = state->begin(watch);
  if (!lock)
    return tl::unexpected(lock.error());
  state->expectSteps(step, step);
  return state->hashAt(step, watch);
}

Expected<std::vector<Hash>> Replay::section(uint64_t from, uint64_t to,
                                            uint32_t k, const Watch &watch) {
  auto lock = state->begin(watch);
  if (!lock)
    return tl::unexpected(lock.error());
  state->expectSteps(sectionEnd(from, to, k, 1), to);
  return state->section(from, to, k, watch);
}

Expected<ProvenStep> Replay::witness(uint64_t step, const Watch &watch) {
  auto lock = state->begin(watch);
  if (!lock)
    return tl::unexpected(lock.error());
  state->expectSteps(step, step);
  return state->prove(step, watch);
}

Expected<void> Replay::visit(uint64_t step, const Look &look,
                             const Watch &watch) {
  auto lock = state->begin(watch);
  if (!lock)
    return tl::unexpected(lock.error());
  state->expectSteps(step, step);
  if (Expected<void> ok = state->moveTo(step, watch); !ok)
    return ok;
  if (Expected<void> ok = state->rehash(watch); !ok)
    return ok;
  look(state->current(), state->tree(), state->steps());
  return {};
}

void Replay::setSnapshotMemory(uint64_t bytes) {
  state->budget = bytes;
  // Whoever asks at this moment trims on the way.
  std::unique_lock<std::timed_mutex> lock(state->mutex, std::try_to_lock);
  if (lock)
    state->trim();
}

Replay::Stats Replay::stats() const {
  std::lock_guard<std::timed_mutex> lock(state->mutex);
  return state->stats();
}
