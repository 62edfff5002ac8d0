//===- Prove.cpp - opml-vm prove ------------------------------------------===//

#include "Commands.h"
#include "RandomSteps.h"
#include "StepJson.h"
#include <cstdio>
#include <numeric>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

namespace {

constexpr Option options[] = {
    inputOption,
    {"--node", "N", "prove a step of node N"},
    {"--step", "K", "prove the step after K steps of the node"},
    {"--random", "COUNT",
     "instead, prove COUNT steps picked uniformly over all steps\n"
     "of the run; one line of JSON each"},
    {"--seed", "S", "seed of --random (default 0)"},
    {"--first-and-last", "",
     "with --random: also the first step and the last one"},
    replayEngineOption,
    snapshotMemoryOption};

Expected<int> proveOne(const Arguments &arguments) {
  Expected<Prover> prover = openProver(arguments);
  if (!prover)
    return tl::unexpected(prover.error());
  Expected<StepOfNode> at = stepOfNode(arguments);
  if (!at)
    return tl::unexpected(at.error());
  Expected<ProvenStep> proven;
  {
    Progress progress;
    proven = prover->witness(at->node, at->step, watchOnTerminal(progress));
  }
  if (!proven)
    return tl::unexpected(proven.error());
  std::printf("%s\n",
              explainedStepJson(prover->manifest(), at->node, at->step, *proven)
                  .dump(2)
                  .c_str());
  return 0;
}

/// Numbers of the steps to prove, counted over the whole run.
Expected<std::set<uint64_t>> chooseSteps(const Arguments &arguments,
                                         uint64_t total) {
  Expected<std::optional<uint64_t>> count = arguments.number("--random", total);
  if (!count)
    return makeError(count.error().message +
                     ", the number of steps of the run");
  Expected<std::optional<uint64_t>> seed =
      arguments.number("--seed", UINT64_MAX);
  if (!seed)
    return tl::unexpected(seed.error());
  std::set<uint64_t> steps = pickSteps(**count, total, seed->value_or(0));
  if (arguments.has("--first-and-last") && total > 0) {
    steps.insert(0);
    steps.insert(total - 1);
  }
  return steps;
}

/// How many steps each node takes; all must halt as they should.
Expected<std::vector<uint64_t>> countSteps(Prover &prover,
                                           const ProverWatch &watch) {
  size_t nodes = prover.manifest().nodes.size();
  Expected<Context> last = prover.context(nodes, watch);
  if (!last)
    return tl::unexpected(last.error());
  if (last->failure)
    return tl::unexpected(*last->failure);
  std::vector<uint64_t> steps(nodes);
  for (size_t node = 0; node < nodes; ++node) {
    Expected<uint64_t> count = prover.steps(node, watch);
    if (!count)
      return tl::unexpected(count.error());
    steps[node] = *count;
  }
  return steps;
}

/// One pass counts the steps, a second one stops at the chosen ones.
Expected<int> proveRandom(const Arguments &arguments) {
  if (arguments.has("--node") || arguments.has("--step"))
    return makeError("--random picks from the whole run; it does not go with "
                     "--node or --step");
  Expected<Prover> prover = openProver(arguments);
  if (!prover)
    return tl::unexpected(prover.error());
  Progress progress;
  ProverWatch watch = watchOnTerminal(progress);
  Expected<std::vector<uint64_t>> lengths = countSteps(*prover, watch);
  if (!lengths)
    return tl::unexpected(lengths.error());
  uint64_t total = std::accumulate(lengths->begin(), lengths->end(), 0ull);
  Expected<std::set<uint64_t>> chosen = chooseSteps(arguments, total);
  if (!chosen)
    return tl::unexpected(chosen.error());
  uint64_t node = 0, offset = 0; // of the node's first step
  for (uint64_t number : *chosen) {
    for (; number - offset >= (*lengths)[node]; ++node)
      offset += (*lengths)[node];
    Expected<ProvenStep> proven = prover->witness(node, number - offset, watch);
    if (!proven)
      return tl::unexpected(proven.error());
    std::printf("%s\n",
                stepJson(node, number - offset, *proven).dump().c_str());
  }
  return 0;
}

Expected<int> prove(const Arguments &arguments) {
  if (arguments.has("--random"))
    return proveRandom(arguments);
  if (arguments.has("--seed") || arguments.has("--first-and-last"))
    return makeError("--seed and --first-and-last need --random COUNT");
  return proveOne(arguments);
}

} // namespace

const Subcommand vm::proveCommand = {
    {"opml-vm prove", "IMAGE",
     "Proves steps of a run for the step contract.\n\n"
     "Prints, as JSON, the calldata with which the contract executes a step,\n"
     "and the state hashes that it must find.",
     options},
    prove};
