//===- NodeCase.cpp - One ONNX backend test case --------------------------===//

#include "NodeCase.h"
#include "Comparison.h"
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

static Expected<void> runDataSet(const runtime::Image &image,
                                 const fs::path &directory) {
  auto inputs = readTensors(directory, "input_");
  auto expected = readTensors(directory, "output_");
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (!expected)
    return tl::unexpected(expected.error());
  const std::vector<runtime::Port> &ports = image.manifest().inputs;
  // What the importer compiled in as a default comes last and is left over.
  if (inputs->size() < ports.size())
    return makeError("fewer inputs than the model has");
  inputs->resize(ports.size());
  for (size_t i = 0; i < ports.size(); ++i)
    if ((*inputs)[i].type != ports[i].type)
      return makeError("input '" + ports[i].name + "' is " +
                       (*inputs)[i].type.str());
  runtime::Run run(image, std::move(*inputs));
  if (auto stats = run.runAll(); !stats)
    return tl::unexpected(stats.error());
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

static Outcome runImage(const std::string &path, const std::string &directory) {
  auto image = runtime::Image::open(path);
  if (!image)
    return fail(image.error().message);
  unsigned sets = 0;
  for (; fs::exists(fs::path(directory) /
                    ("test_data_set_" + std::to_string(sets)));
       ++sets) {
    auto result = runDataSet(*image, fs::path(directory) /
                                         ("test_data_set_" +
                                          std::to_string(sets)));
    if (!result)
      return fail("data set " + std::to_string(sets) + ": " +
                  result.error().message);
  }
  return sets ? Outcome{Verdict::Pass, ""} : fail("there are no data sets");
}

Outcome runCase(const std::string &directory) {
  std::string temporary = (fs::temp_directory_path() / "opml-onnx-XXXXXX");
  if (!mkdtemp(temporary.data()))
    return fail("cannot create a temporary directory");
  compiler::CompileOptions options;
  options.model = directory + "/model.onnx";
  options.output = temporary + "/model.opml";
  Outcome outcome = [&] {
    mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
    auto model =
        compiler::importModel(context, options.model, options.import);
    if (!model)
      return Outcome{Verdict::Unsupported, llvm::toString(model.takeError())};
    if (llvm::Error error = compiler::compileImported(options, *model))
      return fail(llvm::toString(std::move(error)));
    return runImage(options.output, directory);
  }();
  fs::remove_all(temporary);
  llvm::StringRef reason = outcome.reason;
  (void)reason.consume_front(options.model + ": ");
  outcome.reason = reason.str();
  return outcome;
}

} // namespace opml::onnxtest
