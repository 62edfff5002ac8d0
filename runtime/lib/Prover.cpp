//===- Prover.cpp - What a player of a dispute asks about a run -----------===//

#include "opml/runtime/Prover.h"
#include "EnginePool.h"
#include <algorithm>
#include <list>

using namespace opml;
using namespace opml::runtime;

/// Nodes whose machines keep snapshots at a time, each with an equal share.
static constexpr size_t maxReplays = 4;

class Prover::State {
public:
  State(Image image, std::vector<Tensor> inputs,
        std::shared_ptr<EnginePool> pool, const Options &options)
      : engines(std::move(pool)), runEngine(engines->borrower()),
        run(std::move(image), std::move(inputs), runEngine, options.native),
        knownRoots(run.manifest().values.size()),
        snapshotMemory(options.snapshotMemory) {}

  const Manifest &manifest() const { return run.manifest(); }
  Expected<void> checkNode(uint64_t node) const;
  Expected<void> checkStep(uint64_t node, uint64_t step, bool isState) const;

  /// Runs all nodes before `nodes`, or up to the one that fails.
  Expected<void> runNodes(uint64_t nodes, const ProverWatch &watch);
  /// Why one of the first `nodes` nodes failed.
  std::optional<Error> failureBefore(uint64_t nodes);
  /// The roots of all values once the first `nodes` nodes have run.
  std::vector<Hash> rootsAfter(uint64_t nodes);
  /// How many steps a node took that has run, if it did so in a machine.
  std::optional<uint64_t> stepsOf(uint64_t node);
  /// An error if a node that has run has other results than its machine, which
  /// has stopped with these.
  Expected<void> checkResults(uint64_t node, const vm::Machine &machine,
                              const std::vector<RootProof> &results);
  /// The replay of a node; runs the nodes before it.
  Expected<std::shared_ptr<vm::Replay>> replay(uint64_t node,
                                               const ProverWatch &watch);

private:
  Expected<void> runNode(const ProverWatch &watch, uint64_t end,
                         uint64_t &stepsBefore);
  Expected<void> runNatively(const ProverWatch &watch, uint64_t end);
  const Hash &rootOf(uint32_t value);
  std::shared_ptr<vm::Replay> findReplay(uint64_t node);

  std::shared_ptr<EnginePool> engines;
  std::shared_ptr<EnginePool::Borrower> runEngine;
  std::timed_mutex running; // held by whoever runs nodes
  std::mutex mutex;         // of what follows
  Run run;                  // executeNode() reads what nobody changes
  std::optional<Error> failure;
  std::vector<std::optional<uint64_t>> steps; // of the nodes that have run
  std::vector<std::optional<Hash>> knownRoots;
  struct Entry {
    uint64_t node;
    std::shared_ptr<vm::Replay> replay;
  };
  std::list<Entry> replays; // the last used one first
  uint64_t snapshotMemory;
};

//===- Running nodes ------------------------------------------------------===//

static bool isCancelled(const ProverWatch &watch) {
  return watch.cancel && *watch.cancel;
}

/// Runs the next node; what it reads, nobody else changes.
Expected<void> Prover::State::runNode(const ProverWatch &watch, uint64_t end,
                                      uint64_t &stepsBefore) {
  NodeStats stats;
  runEngine->beginMachine();
  Expected<vm::Machine> machine =
      run.executeNode(stats, [&](uint64_t executed) {
        if (watch.progress)
          watch.progress({run.nextNode(), end, stepsBefore + executed, 0});
        return !isCancelled(watch);
      });
  if (!machine)
    return tl::unexpected(machine.error());
  stepsBefore += stats.steps;
  std::lock_guard<std::mutex> lock(mutex);
  failure = run.failure(run.nextNode(), *machine);
  if (!failure)
    if (Expected<void> ok = run.completeNode(*machine); !ok)
      return ok;
  steps.emplace_back(stats.steps);
  return {};
}

Expected<void> Prover::State::runNatively(const ProverWatch &watch,
                                          uint64_t end) {
  if (watch.progress)
    watch.progress({run.nextNode(), end, 0, 0});
  Expected<Run::NodeResults> results = run.computeNode();
  if (!results)
    return tl::unexpected(results.error());
  std::lock_guard<std::mutex> lock(mutex);
  run.completeNode(std::move(*results));
  steps.emplace_back();
  return {};
}

Expected<void> Prover::State::runNodes(uint64_t nodes,
                                       const ProverWatch &watch) {
  auto isDone = [&] {
    std::lock_guard<std::mutex> lock(mutex);
    return failure || run.nextNode() >= std::min(nodes, run.nodeCount());
  };
  uint64_t executed = 0;
  while (!isDone()) {
    std::unique_lock<std::timed_mutex> lock(running, std::defer_lock);
    if (isCancelled(watch))
      return vm::cancelledError();
    if (!lock.try_lock_for(std::chrono::milliseconds(20)) || isDone())
      continue;
    uint64_t end = std::min<uint64_t>(nodes, run.nodeCount());
    Expected<void> ok = run.isNative() ? runNatively(watch, end)
                                       : runNode(watch, end, executed);
    if (!ok)
      return ok;
  }
  return {};
}

//===- Contexts -----------------------------------------------------------===//

std::vector<Hash> Prover::State::rootsAfter(uint64_t nodes) {
  std::lock_guard<std::mutex> lock(mutex);
  std::vector<Hash> roots(manifest().values.size());
  for (uint32_t i = 0; i < roots.size(); ++i)
    if (manifest().values[i].kind != Value::Kind::Activation)
      roots[i] = rootOf(i);
  for (size_t node = 0; node < std::min(nodes, run.nodeCount()); ++node)
    for (const Slot &slot : manifest().nodes[node].results)
      roots[slot.value] = rootOf(slot.value);
  return roots;
}

/// A value that exists never changes.
const Hash &Prover::State::rootOf(uint32_t value) {
  std::optional<Hash> &root = knownRoots[value];
  if (!root)
    root = run.valueRoot(value);
  return *root;
}

std::optional<Error> Prover::State::failureBefore(uint64_t nodes) {
  std::lock_guard<std::mutex> lock(mutex);
  return failure && nodes > run.nextNode() ? failure : std::nullopt;
}

std::optional<uint64_t> Prover::State::stepsOf(uint64_t node) {
  std::lock_guard<std::mutex> lock(mutex);
  return steps[node];
}

Expected<void>
Prover::State::checkResults(uint64_t node, const vm::Machine &machine,
                            const std::vector<RootProof> &results) {
  std::lock_guard<std::mutex> lock(mutex);
  if (node >= run.nextNode())
    return {};
  const Node &descriptor = manifest().nodes[node];
  std::string where = "native code and the VM disagree about ";
  if (std::optional<Error> failed = run.failure(node, machine))
    return makeError(where + "what fails: " + failed->message);
  for (size_t i = 0; i < results.size(); ++i) {
    uint32_t value = descriptor.results[i].value;
    if (results[i].root != rootOf(value))
      return makeError(where + "value '" + manifest().values[value].name +
                       "' of node '" + descriptor.name + "'");
  }
  return {};
}

//===- Machines -----------------------------------------------------------===//

std::shared_ptr<vm::Replay> Prover::State::findReplay(uint64_t node) {
  auto found = std::ranges::find(replays, node, &Entry::node);
  if (found == replays.end())
    return nullptr;
  replays.splice(replays.begin(), replays, found);
  return found->replay;
}

Expected<std::shared_ptr<vm::Replay>>
Prover::State::replay(uint64_t node, const ProverWatch &watch) {
  if (Expected<void> ok = checkNode(node); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = runNodes(node, watch); !ok)
    return tl::unexpected(ok.error());
  if (std::optional<Error> error = failureBefore(node))
    return makeError("node " + std::to_string(node) +
                     " has no machine: " + error->message);
  std::lock_guard<std::mutex> lock(mutex);
  if (auto known = findReplay(node))
    return known;
  Expected<vm::Machine> machine = run.machine(node);
  if (!machine)
    return tl::unexpected(machine.error());
  if (replays.size() == maxReplays) {
    // It may still be answering.
    replays.back().replay->setSnapshotMemory(0);
    replays.pop_back();
  }
  uint64_t share = snapshotMemory / (replays.size() + 1);
  for (Entry &entry : replays)
    entry.replay->setSnapshotMemory(share);
  vm::ReplayOptions options;
  options.snapshotMemory = share;
  auto made = std::make_shared<vm::Replay>(std::move(*machine),
                                           engines->borrower(), options);
  replays.push_front({node, made});
  return made;
}

//===- Ranges -------------------------------------------------------------===//

Expected<void> Prover::State::checkNode(uint64_t node) const {
  if (node < run.nodeCount())
    return {};
  return makeError("there is no node " + std::to_string(node) +
                   "; the image has " + std::to_string(run.nodeCount()) +
                   " nodes, numbered from 0");
}

/// Steps of a trace are numbered from 0, states from 0 to 2^stepBits.
Expected<void> Prover::State::checkStep(uint64_t node, uint64_t step,
                                        bool isState) const {
  if (Expected<void> ok = checkNode(node); !ok)
    return ok;
  unsigned bits = manifest().nodes[node].stepBits;
  if (step < (uint64_t(1) << bits) + (isState ? 1 : 0))
    return {};
  return makeError("step " + std::to_string(step) + " is beyond the trace of " +
                   "node " + std::to_string(node) + ", which has 2^" +
                   std::to_string(bits) + " steps");
}

//===- The public face ----------------------------------------------------===//

Prover::Prover(std::unique_ptr<State> state) : state(std::move(state)) {}
Prover::Prover(Prover &&) noexcept = default;
Prover::~Prover() = default;

Expected<Prover> Prover::create(Image image, std::vector<Tensor> inputs,
                                EngineFactory makeEngine,
                                const Options &options) {
  Expected<std::shared_ptr<EnginePool>> engines =
      EnginePool::create(image.program()->code(), std::move(makeEngine));
  if (!engines)
    return tl::unexpected(engines.error());
  return Prover(std::make_unique<State>(std::move(image), std::move(inputs),
                                        std::move(*engines), options));
}

const Manifest &Prover::manifest() const { return state->manifest(); }

Expected<Context> Prover::context(uint64_t nodes, const ProverWatch &watch) {
  if (nodes > uint64_t(1) << manifest().nodeBits())
    return makeError("there is no context after " + std::to_string(nodes) +
                     " nodes; the graph has 2^" +
                     std::to_string(manifest().nodeBits()));
  if (Expected<void> ok = state->runNodes(nodes, watch); !ok)
    return tl::unexpected(ok.error());
  if (std::optional<Error> failure = state->failureBefore(nodes))
    return Context{failedContext(), failure};
  return Context{contextRoot(manifest(), state->rootsAfter(nodes)), {}};
}

Expected<RootProof> Prover::value(uint64_t nodes, uint64_t value,
                                  const ProverWatch &watch) {
  if (value >= manifest().values.size())
    return makeError(
        "there is no value " + std::to_string(value) + "; the image has " +
        std::to_string(manifest().values.size()) + " values, numbered from 0");
  Expected<Context> root = context(nodes, watch);
  if (!root)
    return tl::unexpected(root.error());
  if (root->failure)
    return makeError("the context after " + std::to_string(nodes) +
                     " nodes holds no values: " + root->failure->message);
  std::vector<Hash> roots = state->rootsAfter(nodes);
  return RootProof{roots[value],
                   leafProof(roots, manifest().contextDepth(), value)};
}

Expected<uint64_t> Prover::steps(uint64_t node, const ProverWatch &watch) {
  if (Expected<void> ok = state->checkNode(node); !ok)
    return tl::unexpected(ok.error());
  if (Expected<void> ok = state->runNodes(node + 1, watch); !ok)
    return tl::unexpected(ok.error());
  if (std::optional<Error> failure = state->failureBefore(node))
    return makeError("node " + std::to_string(node) +
                     " has no machine: " + failure->message);
  if (std::optional<uint64_t> known = state->stepsOf(node))
    return *known;
  Expected<SlotRoots> end =
      slots(node, uint64_t(1) << manifest().nodes[node].stepBits, watch);
  if (!end)
    return tl::unexpected(end.error());
  return end->steps;
}

static vm::Watch watchSteps(const ProverWatch &watch) {
  vm::Watch steps{watch.cancel, {}};
  if (watch.progress)
    steps.progress = [&watch](uint64_t done, uint64_t atMost) {
      watch.progress({0, 0, done, atMost});
    };
  return steps;
}

Expected<Hash> Prover::stateHash(uint64_t node, uint64_t step,
                                 const ProverWatch &watch) {
  if (Expected<void> ok = state->checkStep(node, step, true); !ok)
    return tl::unexpected(ok.error());
  auto replay = state->replay(node, watch);
  if (!replay)
    return tl::unexpected(replay.error());
  return (*replay)->stateHash(step, watchSteps(watch));
}

Expected<std::vector<Hash>> Prover::section(uint64_t node, uint64_t from,
                                            uint64_t to, uint64_t k,
                                            const ProverWatch &watch) {
  if (Expected<void> ok = state->checkStep(node, to, true); !ok)
    return tl::unexpected(ok.error());
  if (from > to)
    return makeError("a section from step " + std::to_string(from) +
                     " cannot end at step " + std::to_string(to));
  if (k == 0 || k > maxParts)
    return makeError("a section has 1 to " + std::to_string(maxParts) +
                     " parts, not " + std::to_string(k));
  auto replay = state->replay(node, watch);
  if (!replay)
    return tl::unexpected(replay.error());
  return (*replay)->section(from, to, uint32_t(k), watchSteps(watch));
}

Expected<vm::ProvenStep> Prover::witness(uint64_t node, uint64_t step,
                                         const ProverWatch &watch) {
  if (Expected<void> ok = state->checkStep(node, step, false); !ok)
    return tl::unexpected(ok.error());
  auto replay = state->replay(node, watch);
  if (!replay)
    return tl::unexpected(replay.error());
  return (*replay)->witness(step, watchSteps(watch));
}

static std::vector<RootProof> proveSlots(const std::vector<Slot> &slots,
                                         const vm::MerkleTree &tree,
                                         std::span<const uint8_t> memory) {
  std::vector<RootProof> proofs;
  proofs.reserve(slots.size());
  for (const Slot &slot : slots) {
    std::vector<Hash> siblings = tree.proof(memory, slot.address);
    siblings.erase(siblings.begin(), siblings.begin() + slot.depth);
    proofs.push_back({tree.subtreeRoot(memory, slot.address, slot.depth),
                      std::move(siblings)});
  }
  return proofs;
}

Expected<SlotRoots> Prover::slots(uint64_t node, uint64_t step,
                                  const ProverWatch &watch) {
  if (Expected<void> ok = state->checkStep(node, step, true); !ok)
    return tl::unexpected(ok.error());
  auto replay = state->replay(node, watch);
  if (!replay)
    return tl::unexpected(replay.error());
  const Node &descriptor = manifest().nodes[node];
  SlotRoots roots;
  Expected<void> agree;
  auto look = [&](const vm::Machine &machine, const vm::MerkleTree &tree,
                  uint64_t steps) {
    std::span<const uint8_t> memory = machine.dataMemory().bytes();
    roots = {steps, machine.packed(tree.root()),
             proveSlots(descriptor.operands, tree, memory),
             proveSlots(descriptor.results, tree, memory)};
    if (!machine.running() || step == uint64_t(1) << descriptor.stepBits)
      agree = state->checkResults(node, machine, roots.results);
  };
  if (Expected<void> ok = (*replay)->visit(step, look, watchSteps(watch)); !ok)
    return tl::unexpected(ok.error());
  if (!agree)
    return tl::unexpected(agree.error());
  return roots;
}
