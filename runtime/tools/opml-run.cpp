//===- opml-run.cpp - Run an image on given inputs ------------------------===//

#include "NodeEngine.h"
#include "Outputs.h"
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
    nodeEngineOptions[0],
    nodeEngineOptions[1],
    nodeEngineOptions[2],
    {"-o", "DIR", "write each output to DIR/<name>.npy instead of printing it"},
    {"--stats", "FILE.json", "write steps and seconds, in all and per node"}};

constexpr Command command = {
    "opml-run", "IMAGE",
    "Runs a compiled model.\n\n"
    "Prints the outputs, the roots of the run, its VM steps and its seconds.",
    options};

/// What a run came to.
struct Result {
  std::vector<NodeStats> nodes;
  NodeStats total;
  Hash contextRoot, outputRoot;
  std::vector<Tensor> outputs;
};

Expected<Result> runImage(const Image &image, std::vector<Tensor> inputs,
                          const NodeEngine &engine) {
  Result result;
  Run run = engine.start(image, std::move(inputs));
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

std::string statsText(const Manifest &manifest, const NodeEngine &engine,
                      const Result &result) {
  using Json = nlohmann::ordered_json;
  auto add = [&](Json &object, const NodeStats &stats) {
    if (engine.countsSteps())
      object["steps"] = stats.steps;
    object["seconds"] = stats.seconds;
  };
  Json stats = {{"modelRoot", toHex(manifest.modelRoot)},
                {"contextRoot", toHex(result.contextRoot)},
                {"outputRoot", toHex(result.outputRoot)},
                {"engine", engine.name()}};
  add(stats, result.total);
  Json nodes = Json::array();
  for (size_t i = 0; i < result.nodes.size(); ++i) {
    Json node = {{"name", manifest.nodes[i].name},
                 {"operators", manifest.nodes[i].operators},
                 {"function", manifest.nodes[i].function},
                 {"memDepth", manifest.nodes[i].memDepth},
                 {"stepBits", manifest.nodes[i].stepBits}};
    add(node, result.nodes[i]);
    nodes.push_back(std::move(node));
  }
  stats["nodes"] = std::move(nodes);
  return stats.dump(2) + "\n";
}

void print(const Manifest &manifest, const NodeEngine &engine,
           const Result &result, const std::vector<std::string> &paths) {
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
  if (engine.countsSteps())
    std::printf("%llu steps in ", (unsigned long long)result.total.steps);
  std::printf("%.3f s\n", result.total.seconds);
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

Expected<void> deliver(const Manifest &manifest, const NodeEngine &engine,
                       const Result &result, OutputFiles &files) {
  std::vector<std::string> paths;
  if (files.directory) {
    Expected<std::vector<std::string>> written =
        files.directory->write(result.outputs);
    if (!written)
      return tl::unexpected(written.error());
    paths = std::move(*written);
  }
  if (files.stats) {
    Expected<void> ok = files.stats->write(statsText(manifest, engine, result));
    if (ok)
      ok = files.stats->commit();
    if (!ok)
      return ok;
  }
  print(manifest, engine, result, paths);
  return {};
}

Expected<void> runTool(const Arguments &arguments) {
  if (Expected<void> ok = NodeEngine::check(arguments); !ok)
    return ok;
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

  Expected<NodeEngine> engine = NodeEngine::create(arguments, *image);
  if (!engine)
    return tl::unexpected(engine.error());
  Expected<OutputFiles> files = createOutputFiles(arguments, manifest);
  if (!files)
    return tl::unexpected(files.error());
  Expected<Result> result = runImage(*image, std::move(*inputs), *engine);
  if (!result)
    return tl::unexpected(result.error());
  return deliver(manifest, *engine, *result, *files);
}

} // namespace

int main(int argc, char **argv) {
  keepClosedStreamsClosed();
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
