//===- ImageRun.cpp - What root and prove share ---------------------------===//

#include "Commands.h"
#include "opml/runtime/Progress.h"

using namespace opml;
using namespace opml::runtime;

Expected<Run> vm::openRun(const Arguments &arguments) {
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  std::vector<InputArgument> inputArguments;
  for (const std::string &text : arguments.all("--input"))
    inputArguments.push_back(parseInputArgument(text));
  Expected<std::vector<Tensor>> inputs =
      readInputs(image->manifest(), inputArguments);
  if (!inputs)
    return tl::unexpected(inputs.error());
  return Run(std::move(*image), std::move(*inputs));
}

static Expected<void> runBefore(Run &run, size_t end) {
  Progress progress;
  Expected<std::vector<NodeStats>> stats = run.runAll(progress.callback(), end);
  if (!stats)
    return tl::unexpected(stats.error());
  return {};
}

Expected<void> vm::advanceTo(Run &run, uint64_t node) {
  if (node >= run.nodeCount())
    return makeError("there is no node " + std::to_string(node) +
                     "; the image has " + std::to_string(run.nodeCount()) +
                     " nodes, numbered from 0");
  return runBefore(run, node);
}

Expected<void> vm::runToEnd(Run &run) { return runBefore(run, SIZE_MAX); }

Expected<vm::Machine> vm::machineAt(Run &run, const Arguments &arguments,
                                    bool lastStep) {
  Expected<std::optional<uint64_t>> node =
      arguments.number("--node", UINT32_MAX);
  if (!node)
    return tl::unexpected(node.error());
  if (!*node)
    return makeError("a step is a step of a node; give --node N");
  if (Expected<void> ok = advanceTo(run, **node); !ok)
    return tl::unexpected(ok.error());
  uint64_t length = uint64_t(1) << run.manifest().nodes[**node].stepBits;
  Expected<std::optional<uint64_t>> step =
      arguments.number("--step", lastStep ? length : length - 1);
  if (!step)
    return tl::unexpected(step.error());
  if (!*step)
    return makeError("which step of node " + std::to_string(**node) +
                     "? give --step K");
  Expected<Machine> machine = run.machine();
  if (machine)
    machine->run(**step);
  return machine;
}
