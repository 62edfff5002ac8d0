//===- Prove.cpp - opml-vm prove ------------------------------------------===//

#include "Commands.h"
#include "RandomSteps.h"
#include "opml/runtime/Hex.h"
#include "opml/runtime/Progress.h"
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;
using Json = nlohmann::ordered_json;

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
     "with --random: also the first step and the last one"}};

/// What both forms have in common, in the names that opml-dispute reads.
Json stepJson(uint64_t node, uint64_t step, uint32_t pc,
              const Witness &witness) {
  return {{"node", node},
          {"step", step},
          {"pc", pc},
          {"mnemonic", mnemonic(witness.opcode)},
          {"preState", toHex(witness.preState)},
          {"postState", toHex(witness.postState)},
          {"calldata", toHex(witness.calldata)}};
}

/// "leaf" and "siblings" from a leaf and `depth` siblings in the calldata.
Json proofJson(std::span<const uint8_t> calldata, unsigned depth) {
  Json siblings = Json::array();
  for (unsigned i = 1; i <= depth; ++i)
    siblings.push_back(toHex(calldata.subspan(i * leafBytes, leafBytes)));
  return {{"leaf", toHex(calldata.first(leafBytes))}, {"siblings", siblings}};
}

Expected<int> proveOne(const Arguments &arguments) {
  Expected<Run> run = openRun(arguments);
  if (!run)
    return tl::unexpected(run.error());
  Expected<Machine> machine = machineAt(*run, arguments, /*lastStep=*/false);
  if (!machine)
    return tl::unexpected(machine.error());
  uint32_t pc = machine->registers().pc;
  // Present: machineAt required both.
  uint64_t step = **arguments.number("--step", UINT64_MAX);
  Witness witness = machine->witnessStep();

  Json json = stepJson(run->nextNode(), step, pc, witness);
  json["modelRoot"] = toHex(run->manifest().modelRoot);
  json["nodeName"] = run->manifest().nodes[run->nextNode()].name;
  std::span<const uint8_t> rest = witness.calldata;
  json["packedPreState"] = toHex(rest.first(packedStateBytes));
  json["packedPostState"] =
      toHex(machine->packed(machine->memoryTree().root()));
  rest = rest.subspan(packedStateBytes);
  if (!rest.empty()) {
    unsigned depth = machine->code().codeDepth();
    json["codeProof"] = proofJson(rest, depth);
    rest = rest.subspan((depth + 1) * leafBytes);
  }
  if (!rest.empty())
    json["memoryProof"] = proofJson(rest, machine->dataMemory().depth());
  std::printf("%s\n", json.dump(2).c_str());
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

/// Proves those steps of the next node that `steps` holds, the node's first
/// step being number `offset`, and completes the node of `length` steps.
Expected<void> proveStepsOfNode(Run &run, const std::set<uint64_t> &steps,
                                uint64_t offset, uint64_t length,
                                Progress &progress) {
  Expected<Machine> machine = run.machine();
  if (!machine)
    return tl::unexpected(machine.error());
  uint64_t executed = 0;
  auto end = steps.lower_bound(offset + length);
  for (auto number = steps.lower_bound(offset); number != end; ++number) {
    uint64_t step = *number - offset;
    machine->run(step - executed);
    uint32_t pc = machine->registers().pc;
    Witness witness = machine->witnessStep();
    executed = step + 1;
    progress.update(run.nextNode(), run.nodeCount(), offset + executed);
    Json json = stepJson(run.nextNode(), step, pc, witness);
    std::printf("%s\n", json.dump().c_str());
  }
  machine->run(length - executed);
  return run.completeNode(*machine);
}

/// One pass counts the steps, a second one stops at the chosen ones.
Expected<int> proveRandom(const Arguments &arguments) {
  if (arguments.has("--node") || arguments.has("--step"))
    return makeError("--random picks from the whole run; it does not go with "
                     "--node or --step");
  Expected<Run> run = openRun(arguments);
  if (!run)
    return tl::unexpected(run.error());
  Run counting = *run;
  Progress progress;
  Expected<std::vector<NodeStats>> nodes = counting.runAll(progress.callback());
  if (!nodes)
    return tl::unexpected(nodes.error());
  uint64_t total = 0;
  for (const NodeStats &node : *nodes)
    total += node.steps;
  Expected<std::set<uint64_t>> steps = chooseSteps(arguments, total);
  if (!steps)
    return tl::unexpected(steps.error());
  uint64_t offset = 0;
  for (const NodeStats &node : *nodes) {
    if (Expected<void> ok =
            proveStepsOfNode(*run, *steps, offset, node.steps, progress);
        !ok)
      return tl::unexpected(ok.error());
    offset += node.steps;
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
