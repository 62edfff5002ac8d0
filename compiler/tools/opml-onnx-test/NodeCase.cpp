//===- NodeCase.cpp - One ONNX backend test case --------------------------===//

#include "NodeCase.h"
#include "Comparison.h"
#include "ConstantShapes.h"
#include "mlir/IR/MLIRContext.h"
#include "opml/Driver/Compile.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/NativeCache.h"
#include "opml/runtime/Run.h"
#include <algorithm>
#include <filesystem>

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
/// runs it: one of the VM's engines and native code.
struct CompiledCase {
  runtime::Image image;
  std::set<size_t> constantInputs;
  std::shared_ptr<vm::Engine> engine;
  std::vector<std::shared_ptr<runtime::NativeEngine>> native;
  bool isInterpreter;
};

/// The outputs, on which all engines agree.
static Expected<std::vector<runtime::Tensor>>
runEngines(const CompiledCase &compiled, std::vector<runtime::Tensor> inputs) {
  std::vector<runtime::Run> others;
  if (!compiled.isInterpreter && compiled.native.empty())
    others.emplace_back(compiled.image, inputs);
  for (const auto &native : compiled.native)
    others.emplace_back(compiled.image, inputs, native);
  runtime::Run run(compiled.image, std::move(inputs), compiled.engine);
  if (auto stats = run.runAll(); !stats)
    return tl::unexpected(stats.error());
  for (runtime::Run &other : others) {
    if (auto stats = other.runAll(); !stats)
      return tl::unexpected(stats.error());
    if (run.contextRoot() != other.contextRoot())
      return makeError("the engines come to different context roots");
  }
  return run.outputs();
}

static Expected<void> runDataSet(const CompiledCase &compiled,
                                 const fs::path &directory) {
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
  auto outputs = runEngines(compiled, std::move(*inputs));
  if (!outputs)
    return tl::unexpected(outputs.error());
  if (outputs->size() != expected->size() || expected->empty())
    return makeError("the number of outputs differs");
  for (size_t i = 0; i < outputs->size(); ++i)
    if (std::string text = difference((*outputs)[i], (*expected)[i]);
        !text.empty())
      return makeError("output " + std::to_string(i) + ": " + text);
  return {};
}

static Outcome runDataSets(const CompiledCase &compiled,
                           const std::string &directory) {
  unsigned sets = 0;
  for (;; ++sets) {
    fs::path set =
        fs::path(directory) / ("test_data_set_" + std::to_string(sets));
    if (!fs::exists(set))
      break;
    if (auto result = runDataSet(compiled, set); !result)
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

static Expected<void> createEngines(CompiledCase &compiled, TestEngine kind,
                                    const std::string &nativeCache) {
  auto engine = runtime::createEngine(kind == TestEngine::Translator
                                          ? runtime::EngineKind::Translator
                                          : runtime::EngineKind::Interpreter,
                                      compiled.image.program()->code());
  if (!engine)
    return tl::unexpected(engine.error());
  compiled.engine = std::move(*engine);
  if (kind != TestEngine::Native)
    return {};
  for (std::string_view level : runtime::supportedLevels()) {
    auto native = runtime::NativeEngine::create(
        compiled.image.manifest(),
        {nativeCache, std::string(level), /*threads=*/2});
    if (!native)
      return tl::unexpected(native.error());
    compiled.native.push_back(std::move(*native));
  }
  return {};
}

static Outcome runIn(const std::string &temporary, const std::string &directory,
                     TestEngine kind) {
  compiler::CompileOptions options;
  options.model = temporary + "/model.onnx";
  options.output = temporary + "/model.opml";
  if (kind == TestEngine::Native)
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
  CompiledCase compiled{std::move(*image),
                        std::move(constants),
                        {},
                        {},
                        kind != TestEngine::Translator};
  if (auto made = createEngines(compiled, kind, options.nativeCache); !made)
    return fail(made.error().message);
  return runDataSets(compiled, directory);
}

Outcome runCase(const std::string &directory, TestEngine engine) {
  std::string temporary = fs::temp_directory_path() / "opml-onnx-XXXXXX";
  if (!mkdtemp(temporary.data()))
    return fail("cannot create a temporary directory");
  Outcome outcome = runIn(temporary, directory, engine);
  fs::remove_all(temporary);
  return outcome;
}

} // namespace opml::onnxtest
