//===- ProverTool.cpp - What root, prove and serve share ------------------===//

#include "Commands.h"
#include "opml/runtime/CacheDirectory.h"
#include "opml/runtime/NativeCache.h"
#include <cstdio>

using namespace opml;
using namespace opml::runtime;

/// The user's native code of a model, or none: then the VM does it all.
static std::shared_ptr<NativeEngine> openNative(const Manifest &manifest) {
  NativeOptions options;
  options.cache = cacheDirectory(nativeCacheName);
  auto native = NativeEngine::create(manifest, options);
  if (native)
    return *native;
  std::fprintf(stderr, "note: the VM runs all nodes, for %s\n",
               printable(native.error().message).c_str());
  return nullptr;
}

Expected<Prover> vm::openProver(const Arguments &arguments) {
  Expected<bool> wantsNative = asksForNative(arguments);
  if (!wantsNative)
    return tl::unexpected(wantsNative.error());
  EngineKind kind = *wantsNative
                        ? EngineKind::Translator
                        : *engineKind(arguments, EngineKind::Translator);
  Expected<std::optional<uint64_t>> memory =
      arguments.bytes(snapshotMemoryOption.name);
  if (!memory)
    return tl::unexpected(memory.error());
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  std::vector<InputArgument> inputArguments;
  for (const std::string &text : arguments.all(inputOption.name))
    inputArguments.push_back(parseInputArgument(text));
  Expected<std::vector<Tensor>> inputs =
      readInputs(image->manifest(), inputArguments);
  if (!inputs)
    return tl::unexpected(inputs.error());

  Prover::Options options;
  options.snapshotMemory = memory->value_or(options.snapshotMemory);
  if (*wantsNative)
    options.native = openNative(image->manifest());
  auto makeEngine = [kind, program = image->program()] {
    return createEngine(kind, program->code());
  };
  return Prover::create(std::move(*image), std::move(*inputs), makeEngine,
                        options);
}

ProverWatch vm::watchOnTerminal(Progress &progress) {
  return {nullptr, [&progress](const ProverProgress &done) {
            if (done.nodes != 0)
              progress.update(done.nodesDone, done.nodes, done.steps);
            else
              progress.updateSteps(done.steps, done.atMostSteps);
          }};
}

Expected<vm::StepOfNode> vm::stepOfNode(const Arguments &arguments) {
  Expected<std::optional<uint64_t>> node =
      arguments.number("--node", UINT64_MAX);
  if (!node)
    return tl::unexpected(node.error());
  if (!*node)
    return makeError("a step is a step of a node; give --node N");
  Expected<std::optional<uint64_t>> step =
      arguments.number("--step", UINT64_MAX);
  if (!step)
    return tl::unexpected(step.error());
  if (!*step)
    return makeError("which step of node " + std::to_string(**node) +
                     "? give --step K");
  return StepOfNode{**node, **step};
}
