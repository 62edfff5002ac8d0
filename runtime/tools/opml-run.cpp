//===- opml-run.cpp - Run an image on given inputs ------------------------===//

#include "Outputs.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/Hex.h"
#include "opml/runtime/Progress.h"
#include "opml/runtime/Run.h"
#include <cstdio>
#include <nlohmann/json.hpp>

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr Option options[] = {
    {"--input", "[NAME=]FILE",
     "an input, .npy or TensorProto .pb; without NAME= the next\n"
     "input in order",
     true},
    engineOption,
    {"--threads", "N", "at most N threads; both engines use one"},
    {"-o", "DIR", "write each output to DIR/<name>.npy instead of printing it"},
    {"--stats", "FILE.json", "write steps and seconds, in all and per node"}};

constexpr Command command = {
    "opml-run", "IMAGE",
    "Runs a compiled model.\n\n"
    "Prints the outputs, the roots of the run, its VM steps and its seconds.",
    options};

constexpr uint64_t maxThreads = 1024;

/// What a run came to.
struct Result {
  EngineKind engine;
  std::vector<NodeStats> nodes;
  NodeStats total;
  Hash contextRoot, outputRoot;
  std::vector<Tensor> outputs;
};

Expected<Result> runImage(const Image &image, std::vector<Tensor> inputs,
                          EngineKind kind) {
  Result result;
  result.engine = kind;
  Expected<std::unique_ptr<vm::Engine>> engine =
      createEngine(kind, image.program()->code());
  if (!engine)
    return tl::unexpected(engine.error());
  Run run(image, std::move(inputs), std::move(*engine));
  Progress progress;
  Expected<std::vector<NodeStats>> nodes = run.runAll(progress.callback());
  if (!nodes)
    return tl::unexpected(nodes.error());
  result.nodes = std::move(*nodes);
  for (const NodeStats &node : result.nodes) {
    result.total.steps += node.steps;
    result.total.seconds += node.seconds;
  }
  result.contextRoot = run.contextRoot();
  result.outputRoot = run.outputRoot();
  Expected<std::vector<Tensor>> outputs = run.outputs();
  if (!outputs)
    return tl::unexpected(outputs.error());
  result.outputs = std::move(*outputs);
  return result;
}

std::string statsText(const Manifest &manifest, const Result &result) {
  nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
  for (size_t i = 0; i < result.nodes.size(); ++i)
    nodes.push_back({{"name", manifest.nodes[i].name},
                     {"operators", manifest.nodes[i].operators},
                     {"function", manifest.nodes[i].function},
                     {"memDepth", manifest.nodes[i].memDepth},
                     {"stepBits", manifest.nodes[i].stepBits},
                     {"steps", result.nodes[i].steps},
                     {"seconds", result.nodes[i].seconds}});
  nlohmann::ordered_json stats = {{"modelRoot", toHex(manifest.modelRoot)},
                                  {"contextRoot", toHex(result.contextRoot)},
                                  {"outputRoot", toHex(result.outputRoot)},
                                  {"engine", engineName(result.engine)},
                                  {"steps", result.total.steps},
                                  {"seconds", result.total.seconds},
                                  {"nodes", nodes}};
  return stats.dump(2) + "\n";
}

void print(const Manifest &manifest, const Result &result,
           const std::vector<std::string> &paths) {
  for (size_t i = 0; i < result.outputs.size(); ++i) {
    const Port &port = manifest.outputs[i];
    if (paths.empty())
      std::printf("%s\n", describeOutput(port, result.outputs[i]).c_str());
    else
      std::printf("%s %s: %s\n", printable(port.name).c_str(),
                  port.type.str().c_str(), printable(paths[i]).c_str());
  }
  std::printf("model root:    %s\n", toHex(manifest.modelRoot).c_str());
  std::printf("context root:  %s\n", toHex(result.contextRoot).c_str());
  std::printf("output root:   %s\n", toHex(result.outputRoot).c_str());
  std::printf("%llu steps in %.3f s\n", (unsigned long long)result.total.steps,
              result.total.seconds);
}

/// All files are created before the work begins.
struct OutputFiles {
  std::optional<OutputDirectory> directory;
  std::optional<AtomicFile> stats;
};

Expected<OutputFiles> createOutputFiles(const Arguments &arguments,
                                        const Manifest &manifest) {
  OutputFiles files;
  if (arguments.has("-o")) {
    Expected<OutputDirectory> directory =
        OutputDirectory::create(arguments.value("-o", ""), manifest.outputs);
    if (!directory)
      return tl::unexpected(directory.error());
    files.directory.emplace(std::move(*directory));
  }
  if (arguments.has("--stats")) {
    Expected<AtomicFile> stats =
        AtomicFile::create(arguments.value("--stats", ""));
    if (!stats)
      return tl::unexpected(stats.error());
    files.stats.emplace(std::move(*stats));
  }
  return files;
}

Expected<void> deliver(const Manifest &manifest, const Result &result,
                       OutputFiles &files) {
  std::vector<std::string> paths;
  if (files.directory) {
    Expected<std::vector<std::string>> written =
        files.directory->write(result.outputs);
    if (!written)
      return tl::unexpected(written.error());
    paths = std::move(*written);
  }
  if (files.stats) {
    Expected<void> ok = files.stats->write(statsText(manifest, result));
    if (ok)
      ok = files.stats->commit();
    if (!ok)
      return ok;
  }
  print(manifest, result, paths);
  return {};
}

Expected<void> checkOptions(const Arguments &arguments) {
  Expected<std::optional<uint64_t>> threads =
      arguments.number("--threads", maxThreads);
  if (!threads)
    return tl::unexpected(threads.error());
  if (*threads == 0)
    return makeError("'--threads 0': at least one thread is needed");
  return {};
}

Expected<void> runTool(const Arguments &arguments) {
  if (Expected<void> ok = checkOptions(arguments); !ok)
    return ok;
  Expected<EngineKind> kind = engineKind(arguments);
  if (!kind)
    return tl::unexpected(kind.error());
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  const Manifest &manifest = image->manifest();
  std::vector<InputArgument> inputArguments;
  for (const std::string &text : arguments.all("--input"))
    inputArguments.push_back(parseInputArgument(text));
  Expected<std::vector<Tensor>> inputs = readInputs(manifest, inputArguments);
  if (!inputs)
    return tl::unexpected(inputs.error());

  Expected<OutputFiles> files = createOutputFiles(arguments, manifest);
  if (!files)
    return tl::unexpected(files.error());
  Expected<Result> result = runImage(*image, std::move(*inputs), *kind);
  if (!result)
    return tl::unexpected(result.error());
  return deliver(manifest, *result, *files);
}

} // namespace

int main(int argc, char **argv) {
  reportExhaustedMemory();
  std::vector<std::string_view> words(argv + 1, argv + argc);
  if (asksForHelp(words)) {
    std::fputs(helpText(command).c_str(), stdout);
    return finishOutput();
  }
  Expected<Arguments> arguments = Arguments::parse(command, words);
  if (!arguments)
    return reportError(arguments.error());
  if (Expected<void> ok = runTool(*arguments); !ok)
    return reportError(ok.error());
  return finishOutput();
}
