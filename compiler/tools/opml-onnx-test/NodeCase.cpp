//===- NodeCase.cpp - One ONNX backend test case --------------------------===//

#include "NodeCase.h"
#include "Comparison.h"
#include "ConstantShapes.h"
#include "mlir/IR/MLIRContext.h"
#include "opml/Driver/Compile.h"
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
/// runs it; the engine knows the image's code.
struct CompiledCase {
  runtime::Image image;
  std::set<size_t> constantInputs;
  runtime::EngineKind kind;
  std::shared_ptr<vm::Engine> engine;
};

static Expected<void> runDataSet(const CompiledCase &compiled,
                                 const fs::path &directory) {
  const runtime::Image &image = compiled.image;
  auto inputs = readTensors(directory, "input_");
  auto expected = readTensors(directory, "output_");
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (!expected)
    return tl::unexpected(expected.error());
  for (size_t position : llvm::reverse(compiled.constantInputs))
    if (position < inputs->size())
      inputs->erase(inputs->begin() + position);
  const std::vector<runtime::Port> &ports = image.manifest().inputs;
  if (inputs->size() != ports.size())
    return makeError("the number of inputs differs");
  for (size_t i = 0; i < ports.size(); ++i)
    if ((*inputs)[i].type != ports[i].type)
      return makeError("input '" + ports[i].name + "' is " +
                       (*inputs)[i].type.str());
  std::vector<runtime::Tensor> sameInputs = *inputs;
  runtime::Run run(image, std::move(*inputs), compiled.engine);
  if (auto stats = run.runAll(); !stats)
    return tl::unexpected(stats.error());
  if (compiled.kind != runtime::EngineKind::Interpreter) {
    runtime::Run interpreted(image, std::move(sameInputs));
    if (auto stats = interpreted.runAll(); !stats)
      return tl::unexpected(stats.error());
    if (run.contextRoot() != interpreted.contextRoot())
      return makeError("the interpreter comes to another context root");
  }
  auto outputs = run.outputs();
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

static Outcome runIn(const std::string &temporary, const std::string &directory,
                     runtime::EngineKind kind) {
  compiler::CompileOptions options;
  options.model = temporary + "/model.onnx";
  options.output = temporary + "/model.opml";
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
  auto engine = runtime::createEngine(kind, image->program()->code());
  if (!engine)
    return fail(engine.error().message);
  return runDataSets(
      {std::move(*image), std::move(constants), kind, std::move(*engine)},
      directory);
}

Outcome runCase(const std::string &directory, runtime::EngineKind engine) {
  std::string temporary = fs::temp_directory_path() / "opml-onnx-XXXXXX";
  if (!mkdtemp(temporary.data()))
    return fail("cannot create a temporary directory");
  Outcome outcome = runIn(temporary, directory, engine);
  fs::remove_all(temporary);
  return outcome;
}

} // namespace opml::onnxtest
