//===- opml-check-replay.cpp - Replay of a model's nodes, doubted ---------===//
//
// Asks about random steps of every node of an image, by each engine and within
// several budgets, and compares with a fresh machine that the interpreter
// takes there from the start.
//
//===----------------------------------------------------------------------===//

#include "opml/runtime/CommandLine.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/Run.h"
#include "opml/vm/Replay.h"
#include <algorithm>
#include <cstdio>
#include <random>

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr Option options[] = {
    {"--input", "[NAME=]FILE", "as for opml-run", true},
    {"--count", "N", "questions about each node (default 4)"}};
constexpr Command command = {
    "opml-check-replay", "IMAGE",
    "Fails if a replay of a node answers otherwise than a run from the start.",
    options};

/// One node: what is asked about, and the machine to compare with.
class Doubt {
public:
  Doubt(const Run &run, uint64_t steps) : run(run), steps(steps) {}

  /// Questions about steps up to some behind the end.
  Expected<void> ask(vm::Replay &replay, std::mt19937_64 &random,
                     uint64_t count) const {
    uint64_t limit = steps + steps / 8 + 1;
    for (uint64_t i = 0; i < count; ++i) {
      uint64_t from = random() % limit, to = from + random() % (limit - from);
      for (Expected<void> ok : {checkSection(replay, from, to, 1 + i % 17),
                                checkWitness(replay, random() % limit)})
        if (!ok)
          return ok;
    }
    return {};
  }

private:
  Expected<vm::Machine> at(uint64_t step) const {
    Expected<vm::Machine> machine = run.machine(run.nextNode());
    if (machine)
      machine->run(step);
    return machine;
  }

  tl::unexpected<Error> wrong(const char *what, uint64_t step) const {
    return makeError("node " + std::to_string(run.nextNode()) + ": " + what +
                     " at step " + std::to_string(step));
  }

  Expected<void> checkSection(vm::Replay &replay, uint64_t from, uint64_t to,
                              uint32_t k) const {
    Expected<std::vector<Hash>> hashes = replay.section(from, to, k);
    if (!hashes)
      return tl::unexpected(hashes.error());
    Expected<vm::Machine> machine = at(from);
    if (!machine)
      return tl::unexpected(machine.error());
    for (uint32_t part = 1; part <= k; ++part) {
      uint64_t step = vm::sectionEnd(from, to, k, part);
      machine->run(step - std::exchange(from, step));
      if ((*hashes)[part - 1] != machine->stateHash())
        return wrong("another state hash", step);
    }
    return {};
  }

  Expected<void> checkWitness(vm::Replay &replay, uint64_t step) const {
    Expected<vm::ProvenStep> proven = replay.witness(step);
    if (!proven)
      return tl::unexpected(proven.error());
    Expected<vm::Machine> machine = at(step);
    if (!machine)
      return tl::unexpected(machine.error());
    vm::Witness expected = machine->witnessStep();
    if (proven->witness.calldata != expected.calldata ||
        proven->witness.postState != expected.postState)
      return wrong("another witness", step);
    return {};
  }

  const Run &run;
  uint64_t steps;
};

Expected<void> checkNode(const Run &run, uint64_t steps, uint64_t count) {
  std::mt19937_64 random(run.nextNode());
  Doubt doubt(run, steps);
  for (EngineKind kind : {EngineKind::Interpreter, EngineKind::Translator})
    for (uint64_t memory : {0, 100'000, 1 << 30}) {
      Expected<vm::Machine> machine = run.machine(run.nextNode());
      if (!machine)
        return tl::unexpected(machine.error());
      auto engine = createEngine(kind, machine->code().code());
      if (!engine)
        return tl::unexpected(engine.error());
      vm::Replay replay(std::move(*machine), std::move(*engine),
                        {.snapshotMemory = memory, .leastSpacing = 20'000});
      if (Expected<void> ok = doubt.ask(replay, random, count); !ok)
        return ok;
    }
  return {};
}

Expected<void> checkImage(const Arguments &arguments) {
  Expected<std::optional<uint64_t>> count = arguments.number("--count", 1000);
  if (!count)
    return tl::unexpected(count.error());
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  std::vector<InputArgument> files;
  for (const std::string &text : arguments.all("--input"))
    files.push_back(parseInputArgument(text));
  Expected<std::vector<Tensor>> inputs = readInputs(image->manifest(), files);
  if (!inputs)
    return tl::unexpected(inputs.error());
  Run run(*image, std::move(*inputs));
  while (run.nextNode() < run.nodeCount()) {
    NodeStats stats;
    Expected<vm::Machine> machine = run.executeNode(stats);
    if (!machine)
      return tl::unexpected(machine.error());
    if (Expected<void> ok = checkNode(run, stats.steps, count->value_or(4));
        !ok)
      return ok;
    if (Expected<void> ok = run.completeNode(*machine); !ok)
      return ok;
  }
  return {};
}

} // namespace

int main(int argc, char **argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  if (asksForHelp(words)) {
    std::fputs(helpText(command).c_str(), stdout);
    return finishOutput();
  }
  Expected<Arguments> arguments = Arguments::parse(command, words);
  if (!arguments)
    return reportError(arguments.error());
  if (Expected<void> ok = checkImage(*arguments); !ok)
    return reportError(ok.error());
  return 0;
}
