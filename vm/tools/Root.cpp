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
     "of a context root"},
    replayEngineOption,
    snapshotMemoryOption};

static Expected<Hash> contextRootOf(Prover &prover, const Arguments &arguments,
                                    const ProverWatch &watch) {
  size_t count = prover.manifest().nodes.size();
  Expected<std::optional<uint64_t>> node =
      arguments.number("--node", UINT64_MAX);
  if (!node)
    return tl::unexpected(node.error());
  if (*node && **node >= count)
    return makeError("there is no node " + std::to_string(**node) +
                     "; the image has " + std::to_string(count) +
                     " nodes, numbered from 0");
  Expected<Context> context = prover.context(node->value_or(count), watch);
  if (!context)
    return tl::unexpected(context.error());
  // FAILED is a context like any other, but hardly what was hoped for.
  if (context->failure)
    std::fprintf(stderr, "note: the context is FAILED: %s\n",
                 printable(context->failure->message).c_str());
  return context->root;
}

static Expected<Hash> stateHashOf(Prover &prover, const Arguments &arguments,
                                  const ProverWatch &watch) {
  Expected<StepOfNode> at = stepOfNode(arguments);
  if (!at)
    return tl::unexpected(at.error());
  return prover.stateHash(at->node, at->step, watch);
}

static Expected<int> root(const Arguments &arguments) {
  Expected<Prover> prover = openProver(arguments);
  if (!prover)
    return tl::unexpected(prover.error());
  Expected<Hash> hash;
  {
    Progress progress;
    ProverWatch watch = watchOnTerminal(progress);
    hash = arguments.has("--step") ? stateHashOf(*prover, arguments, watch)
                                   : contextRootOf(*prover, arguments, watch);
  }
  if (!hash)
    return tl::unexpected(hash.error());
  std::printf("%s\n", toHex(*hash).c_str());
  return 0;
}

const Subcommand vm::rootCommand = {
    {"opml-vm root", "IMAGE",
     "Runs a model and prints a root.\n\n"
     "That is its final context root, or the one that --node and --step name.\n"
     "Behind a node that does not halt with exit code 0 contexts are FAILED.",
     options},
    root};
