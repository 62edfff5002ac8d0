//===- opml-bench-onnxruntime.cpp - Native code beside ONNX Runtime -------===//

#include "Measure.h"
#include "OnnxRuntime.h"
#include "opml/runtime/CacheDirectory.h"
#include "opml/runtime/CommandLine.h"
#include "opml/runtime/NativeCache.h"
#include "opml/runtime/Session.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <random>

using namespace opml;
using namespace opml::bench;
using namespace opml::runtime;

namespace {

constexpr Option options[] = {
    {"--library", "FILE", "ONNX Runtime's libonnxruntime.so.1"},
    {"--name", "NAME", "what the table calls the model"},
    {"--threads", "N", "of each (default: 1)"},
    {"--batches", "N", "timed in turn (default: 11)"},
    {"--cpu", "LEVEL", "as in opml-run"}};

constexpr Command command = {
    "opml-bench-onnxruntime", "MODEL.onnx IMAGE.opml",
    "Prints milliseconds of ONNX Runtime on a model and of native code on its "
    "image,\nwithout and with the hash of every node's results, and the "
    "ratios. bench.py runs it\non the models of docs/benchmarks.md.",
    options};

/// Of an output's largest element: sums in another order.
constexpr float tolerance = 1e-3f;

void fillRandomly(std::span<uint8_t> bytes) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  for (size_t i = 0; i + sizeof(float) <= bytes.size(); i += sizeof(float)) {
    float value = normal(random);
    std::memcpy(&bytes[i], &value, sizeof value);
  }
}

std::span<const float> floats(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const float *>(bytes.data()),
          bytes.size() / sizeof(float)};
}

/// Two engines are only compared where they compute the same.
Expected<void> compare(const Port &port, std::span<const float> ours,
                       std::span<const float> theirs) {
  float largest = 0, apart = 0;
  for (size_t i = 0; i < ours.size(); ++i) {
    largest = std::max(largest, std::abs(theirs[i]));
    apart = std::max(apart, std::abs(ours[i] - theirs[i]));
  }
  if (apart <= tolerance * largest)
    return {};
  return makeError("output '" + port.name + "' is " + std::to_string(apart) +
                   " away from ONNX Runtime's, whose largest element is " +
                   std::to_string(largest));
}

/// One model in both.
struct Contest {
  std::unique_ptr<Session> ours;
  std::unique_ptr<OnnxRuntime> theirs;
  std::vector<std::vector<uint8_t>> outputs; // of ONNX Runtime
  unsigned threads;

  Expected<void> bind();
  Expected<void> checkOutputs();
  /// As a trace does: what every node has made, and the context behind it.
  void runHashing();
};

Expected<void> Contest::bind() {
  const Manifest &manifest = ours->manifest();
  std::vector<OrtTensor> in, out;
  for (size_t i = 0; i < manifest.inputs.size(); ++i) {
    const Port &port = manifest.inputs[i];
    if (port.type.elementType != ElementType::Float32)
      return makeError("input '" + port.name + "' is not float32");
    fillRandomly(ours->input(i));
    in.push_back({port.name, port.type, ours->input(i)});
  }
  for (const Port &port : manifest.outputs)
    outputs.emplace_back(port.type.bytes());
  for (size_t i = 0; i < outputs.size(); ++i)
    out.push_back(
        {manifest.outputs[i].name, manifest.outputs[i].type, outputs[i]});
  return theirs->bind(in, out);
}

Expected<void> Contest::checkOutputs() {
  ours->run();
  if (Expected<void> ok = theirs->run(); !ok)
    return ok;
  for (size_t i = 0; i < outputs.size(); ++i)
    if (Expected<void> ok =
            compare(ours->manifest().outputs[i], floats(ours->output(i)),
                    floats(outputs[i]));
        !ok)
      return ok;
  return {};
}

void Contest::runHashing() {
  const Manifest &manifest = ours->manifest();
  std::vector<Hash> roots(manifest.values.size());
  ours->run([&](size_t node) {
    for (const Slot &slot : manifest.nodes[node].results)
      roots[slot.value] =
          vm::merkleRoot(ours->value(slot.value), slot.depth, 0, threads);
    (void)contextRoot(manifest, roots);
  });
}

Expected<Contest> prepare(const Arguments &arguments, unsigned threads) {
  Expected<Image> image = Image::open(arguments.positional(1));
  if (!image)
    return tl::unexpected(image.error());
  Expected<std::shared_ptr<NativeEngine>> engine = NativeEngine::create(
      image->manifest(),
      {cacheDirectory(nativeCacheName), arguments.value("--cpu", ""), threads});
  if (!engine)
    return tl::unexpected(engine.error());
  Expected<std::unique_ptr<Session>> ours =
      Session::create(std::move(*image), std::move(*engine));
  if (!ours)
    return tl::unexpected(ours.error());
  Expected<std::unique_ptr<OnnxRuntime>> theirs =
      OnnxRuntime::create(arguments.value("--library", "libonnxruntime.so.1"),
                          arguments.positional(0), int(threads));
  if (!theirs)
    return tl::unexpected(theirs.error());
  Contest contest{std::move(*ours), std::move(*theirs), {}, threads};
  Expected<void> ok = contest.bind();
  if (ok)
    ok = contest.checkOutputs();
  return ok ? Expected<Contest>(std::move(contest))
            : tl::unexpected(ok.error());
}

Expected<void> runTool(const Arguments &arguments) {
  constexpr uint64_t most = 1000;
  Expected<std::optional<uint64_t>> threads = arguments.number("--threads", 64),
                                    batches =
                                        arguments.number("--batches", most);
  if (!threads || !batches)
    return tl::unexpected((threads ? batches : threads).error());
  Expected<Contest> contest = prepare(arguments, threads->value_or(1));
  if (!contest)
    return tl::unexpected(contest.error());
  std::vector<double> seconds = medianSeconds(
      {[&] { (void)contest->theirs->run(); }, [&] { contest->ours->run(); },
       [&] { contest->runHashing(); }},
      unsigned(batches->value_or(11)));
  std::printf("%-22s %7u %10.3f %10.3f %9.2f %11.1f\n",
              arguments.value("--name", arguments.positional(0)).c_str(),
              contest->threads, seconds[0] * 1e3, seconds[1] * 1e3,
              seconds[0] / seconds[1], 100 * (seconds[2] / seconds[1] - 1));
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
  if (Expected<void> ok = runTool(*arguments); !ok)
    return reportError(ok.error());
  return finishOutput();
}
