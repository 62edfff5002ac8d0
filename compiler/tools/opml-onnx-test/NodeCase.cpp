//===- NodeCase.cpp - One ONNX backend test case --------------------------===//

#include "NodeCase.h"
#include "Comparison.h"
#include "ConstantShapes.h"
#include "Salt.h"
#include "mlir/IR/MLIRContext.h"
#include "opml/Driver/Compile.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/NativeCache.h"
#include "opml/runtime/Run.h"
#include <algorithm>
#include <filesystem>
#include <map>

namespace fs = std::filesystem;

namespace opml::onnxtest {

static Outcome fail(std::string reason) {
  return {Verdict::Fail, std::move(reason)};
}

std::vector<std::string> findCases(llvm::StringRef directory) {
  std::vector<std::string> cases;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory.str(), error), end;
       !error && it != end; it.increment(error))
    if (it->path().filename() == "model.onnx")
      cases.push_back(it->path().parent_path().string());
  std::sort(cases.begin(), cases.end());
  return cases;
}

/// Files `prefix`0.pb, `prefix`1.pb, … of a data set.
static Expected<std::vector<runtime::Tensor>>
readTensors(const fs::path &directory, const std::string &prefix) {
  std::vector<runtime::Tensor> tensors;
  for (;;) {
    fs::path file =
        directory / (prefix + std::to_string(tensors.size()) + ".pb");
    if (!fs::exists(file))
      return tensors;
    auto tensor = runtime::readTensor(file.string());
    if (!tensor)
      return tl::unexpected(tensor.error());
    tensors.push_back(std::move(*tensor));
  }
}

/// An image of a case, without the inputs that were made constants, and what
/// runs it.
struct CompiledCase {
  runtime::Image image;
  std::set<size_t> constantInputs;
  std::shared_ptr<vm::Engine> translator; // or none
  std::map<std::string, std::shared_ptr<runtime::NativeEngine>> native;
};

/// The outputs, on which all engines agree.
static Expected<std::vector<runtime::Tensor>>
runEngines(const CompiledCase &compiled,
           const std::vector<runtime::Tensor> &inputs) {
  std::map<std::string, runtime::Run> others;
  if (compiled.translator)
    others.emplace("the translator",
                   runtime::Run(compiled.image, inputs, compiled.translator));
  for (const auto &[level, native] : compiled.native)
    others.emplace("native code for " + level,
                   runtime::Run(compiled.image, inputs, native));
  runtime::Run run(compiled.image, inputs);
  if (auto stats = run.runAll(); !stats)
    return tl::unexpected(stats.error());
  for (auto &[name, other] : others) {
    if (auto stats = other.runAll(); !stats)
      return tl::unexpected(stats.error());
    if (run.contextRoot() != other.contextRoot())
      return makeError(name + " comes to another context root than the "
                              "interpreter");
  }
  return run.outputs();
}

static Expected<void> runSalted(const CompiledCase &compiled,
                                const std::vector<runtime::Tensor> &inputs,
                                unsigned runs) {
  for (unsigned i = 0; i < runs; ++i) {
    std::mt19937_64 random(i);
    std::vector<runtime::Tensor> all = inputs;
    for (runtime::Tensor &input : all)
      input = salted(input, random);
    if (auto outputs = runEngines(compiled, all); !outputs)
      return makeError("salted inputs " + std::to_string(i) + ": " +
                       outputs.error().message);
  }
  return {};
}

static Expected<void> runDataSet(const CompiledCase &compiled,
                                 const fs::path &directory,
                                 unsigned saltedRuns) {
  auto inputs = readTensors(directory, "input_");
  auto expected = readTensors(directory, "output_");
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (!expected)
    return tl::unexpected(expected.error());
  for (size_t position : llvm::reverse(compiled.constantInputs))
    if (position < inputs->size())
      inputs->erase(inputs->begin() + position);
  const std::vector<runtime::Port> &ports = compiled.image.manifest().inputs;
  if (inputs->size() != ports.size())
    return makeError("the number of inputs differs");
  for (size_t i = 0; i < ports.size(); ++i)
    if ((*inputs)[i].type != ports[i].type)
      return makeError("input '" + ports[i].name + "' is " +
                       (*inputs)[i].type.str());
  auto outputs = runEngines(compiled, *inputs);
  if (!outputs)
    return tl::unexpected(outputs.error());
  if (outputs->size() != expected->size() || expected->empty())
    return makeError("the number of outputs differs");
  for (size_t i = 0; i < outputs->size(); ++i)
    if (std::string text = difference((*outputs)[i], (*expected)[i]);
        !text.empty())
      return makeError("output " + std::to_string(i) + ": " + text);
  return runSalted(compiled, *inputs, saltedRuns);
}

static Outcome runDataSets(const CompiledCase &compiled,
                           const std::string &directory, unsigned saltedRuns) {
  unsigned sets = 0;
  for (;; ++sets) {
    fs::path set =
        fs::path(directory) / ("test_data_set_" + std::to_string(sets));
    if (!fs::exists(set))
      break;
    if (auto result = runDataSet(compiled, set, saltedRuns); !result)
      return fail("data set " + std::to_string(sets) + ": " +
                  result.error().message);
  }
  return sets ? Outcome{Verdict::Pass, ""} : fail("there are no data sets");
}

/// The importer's message without the path, on one line.
static std::string oneLine(llvm::StringRef message, llvm::StringRef path) {
  (void)message.consume_front(path);
  (void)message.consume_front(": ");
  std::string line = message.str();
  for (size_t at; (at = line.find("\n  ")) != std::string::npos;)
    line.replace(at, 3, line[at - 1] == ':' ? " " : "; ");
  return line;
}

static bool isTranslated(TestEngine engine) {
  return engine == TestEngine::Translator || engine == TestEngine::All;
}

static bool isNative(TestEngine engine) {
  return engine == TestEngine::Native || engine == TestEngine::All;
}

static Expected<void> createEngines(CompiledCase &compiled, TestEngine kind,
                                    const std::string &nativeCache) {
  if (isTranslated(kind)) {
    auto engine = runtime::createEngine(runtime::EngineKind::Translator,
                                        compiled.image.program()->code());
    if (!engine)
      return tl::unexpected(engine.error());
    compiled.translator = std::move(*engine);
  }
  if (!isNative(kind))
    return {};
  for (std::string_view level : runtime::supportedLevels()) {
    auto native = runtime::NativeEngine::create(
        compiled.image.manifest(),
        // However little there is to do, it is divided.
        {nativeCache, std::string(level), /*threads=*/3,
         /*leastParallelWork=*/0});
    if (!native)
      return tl::unexpected(native.error());
    compiled.native.emplace(level, std::move(*native));
  }
  return {};
}

static Outcome runIn(const std::string &temporary, const std::string &directory,
                     const TestOptions &test) {
  compiler::CompileOptions options;
  options.model = temporary + "/model.onnx";
  options.output = temporary + "/model.opml";
  if (isNative(test.engine))
    options.nativeCache = temporary + "/native";
  std::set<size_t> constants = makeShapesConstant(directory, options.model);
  if (constants.empty())
    options.model = directory + "/model.onnx";
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  auto model = compiler::importModel(context, options.model, options.import);
  if (!model)
    return {Verdict::Unsupported,
            oneLine(llvm::toString(model.takeError()), options.model)};
  if (llvm::Error error = compiler::compileImported(options, *model))
    return fail(llvm::toString(std::move(error)));
  auto image = runtime::Image::open(options.output);
  if (!image)
    return fail(image.error().message);
  CompiledCase compiled{std::move(*image), std::move(constants), nullptr, {}};
  if (auto made = createEngines(compiled, test.engine, options.nativeCache);
      !made)
    return fail(made.error().message);
  return runDataSets(compiled, directory, test.saltedRuns);
}

Outcome runCase(const std::string &directory, const TestOptions &options) {
  std::string temporary = fs::temp_directory_path() / "opml-onnx-XXXXXX";
  if (!mkdtemp(temporary.data()))
    return fail("cannot create a temporary directory");
  Outcome outcome = runIn(temporary, directory, options);
  fs::remove_all(temporary);
  return outcome;
}

} // namespace opml::onnxtest
