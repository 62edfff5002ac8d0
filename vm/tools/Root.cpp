//===- Root.cpp - opml-vm root --------------------------------------------===//

#include "Commands.h"
#include "opml/runtime/Hex.h"
#include <cstdio>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

static constexpr Option options[] = {
    inputOption,
    {"--node", "N", "the context before node N instead of the final one"},
    {"--step", "K",
     "the state hash of node N's machine after K steps instead\n"
     "of a context root"}};

static Expected<Hash> contextBefore(Run &run, const Arguments &arguments) {
  Expected<std::optional<uint64_t>> node =
      arguments.number("--node", UINT32_MAX);
  if (!node)
    return tl::unexpected(node.error());
  Expected<void> ok = *node ? advanceTo(run, **node) : runToEnd(run);
  if (!ok)
    return tl::unexpected(ok.error());
  return run.contextRoot();
}

static Expected<int> root(const Arguments &arguments) {
  Expected<Run> run = openRun(arguments);
  if (!run)
    return tl::unexpected(run.error());
  Expected<Hash> hash;
  if (arguments.has("--step")) {
    Expected<Machine> machine = machineAt(*run, arguments, /*lastStep=*/true);
    if (!machine)
      return tl::unexpected(machine.error());
    hash = machine->stateHash();
  } else {
    hash = contextBefore(*run, arguments);
  }
  if (!hash)
    return tl::unexpected(hash.error());
  std::printf("%s\n", toHex(*hash).c_str());
  return 0;
}

const Subcommand vm::rootCommand = {
    {"opml-vm root", "IMAGE",
     "Runs a model and prints a root.\n\n"
     "That is its final context root, or the one that --node and --step name.",
     options},
    root};
