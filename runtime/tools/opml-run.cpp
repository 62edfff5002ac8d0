//===- opml-run.cpp - Run an image on given inputs ------------------------===//

#include "Outputs.h"
#include "RunReport.h"
#include "opml/runtime/Progress.h"
#include <cstdio>

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
    {"--stats", "FILE.json", "write steps and seconds, in all and per node"},
    {"--trace", "DIR",
     "write DIR/trace.json: the root of the context before and\n"
     "after every node (docs/trace.md)"},
    {"--check", "N",
     "compute N random nodes once more in the VM, by its translator;\n"
     "another value than this run's is an error"}};

constexpr Command command = {
    "opml-run", "IMAGE",
    "Runs a compiled model.\n\n"
    "Prints the outputs, the roots of the run, its VM steps and its seconds.",
    options};

/// Runs all nodes, and takes the root of each context if they are asked for.
Expected<void> runNodes(Run &run, bool wantsContexts, Result &result) {
  Progress progress;
  auto report = [&](size_t nodesDone, size_t nodes, uint64_t steps) {
    progress.update(nodesDone, nodes, result.total.steps + steps);
  };
  for (size_t node = 0; node < run.nodeCount(); ++node) {
    if (wantsContexts)
      result.contexts.push_back(run.contextRoot());
    Expected<std::vector<NodeStats>> stats = run.runAll(report, node + 1);
    if (!stats)
      return tl::unexpected(stats.error());
    result.nodes.push_back(stats->front());
    result.total.steps += stats->front().steps;
    result.total.seconds += stats->front().seconds;
  }
  if (wantsContexts)
    result.contexts.push_back(run.contextRoot());
  return {};
}

/// Computes some nodes once more, in the VM.
Expected<void> checkNodes(const Run &run, const Image &image, uint64_t count) {
  Expected<std::unique_ptr<vm::Engine>> engine =
      createEngine(EngineKind::Translator, image.program()->code());
  if (!engine)
    return tl::unexpected(engine.error());
  Progress progress;
  std::vector<size_t> nodes = randomNodes(run.nodeCount(), count);
  for (size_t i = 0; i < nodes.size(); ++i) {
    auto report = [&](uint64_t steps) {
      progress.update(i, nodes.size(), steps);
      return true;
    };
    if (Expected<void> ok = run.check(nodes[i], **engine, report); !ok)
      return ok;
  }
  return {};
}

Expected<Result> runImage(const Arguments &arguments, const Image &image,
                          std::vector<Tensor> inputs,
                          const NodeEngine &engine) {
  Result result;
  Run run = engine.start(image, std::move(inputs));
  Expected<void> ok = runNodes(run, arguments.has("--trace"), result);
  if (ok && arguments.has("--check"))
    ok = checkNodes(run, image, **arguments.number("--check", UINT64_MAX));
  if (!ok)
    return tl::unexpected(ok.error());
  result.contextRoot = run.contextRoot();
  result.outputRoot = run.outputRoot();
  Expected<std::vector<Tensor>> outputs = run.outputs();
  if (!outputs)
    return tl::unexpected(outputs.error());
  result.outputs = std::move(*outputs);
  return result;
}

/// All files are created before the work begins.
struct OutputFiles {
  std::optional<OutputDirectory> outputs, trace;
  std::optional<AtomicFile> stats;
};

Expected<void> createDirectory(const Arguments &arguments,
                               std::string_view option,
                               const std::vector<std::string> &names,
                               std::optional<OutputDirectory> &directory) {
  if (!arguments.has(option))
    return {};
  Expected<OutputDirectory> created =
      OutputDirectory::create(arguments.value(option, ""), names);
  if (!created)
    return tl::unexpected(created.error());
  directory.emplace(std::move(*created));
  return {};
}

Expected<OutputFiles> createOutputFiles(const Arguments &arguments,
                                        const Manifest &manifest) {
  OutputFiles files;
  Expected<void> ok = createDirectory(
      arguments, "-o", outputFileNames(manifest.outputs), files.outputs);
  if (ok)
    ok = createDirectory(arguments, "--trace", {"trace.json"}, files.trace);
  if (!ok)
    return tl::unexpected(ok.error());
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
  Expected<void> ok;
  if (files.outputs) {
    paths = files.outputs->paths();
    ok = writeOutputs(*files.outputs, result.outputs);
  }
  if (ok && files.trace)
    ok = files.trace->file(0).write(traceText(manifest, result));
  if (ok && files.trace)
    ok = files.trace->commit();
  if (ok && files.stats)
    ok = files.stats->write(statsText(manifest, engine, result));
  if (ok && files.stats)
    ok = files.stats->commit();
  if (!ok)
    return ok;
  print(manifest, engine, result, paths);
  return {};
}

Expected<void> runTool(const Arguments &arguments) {
  if (Expected<void> ok = NodeEngine::check(arguments); !ok)
    return ok;
  if (auto count = arguments.number("--check", UINT64_MAX); !count)
    return tl::unexpected(count.error());
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
  Expected<Result> result =
      runImage(arguments, *image, std::move(*inputs), *engine);
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
