//===- ModelEnginesTest.cpp - Whole models on both engines ----------------===//
//
// Interpreter and translator run the nodes of real models side by side: they
// are stopped after random numbers of steps, and must be in the same state.
//
//===----------------------------------------------------------------------===//

#include "../../vm/tools/RandomSteps.h"
#include "opml/Driver/Compile.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/Run.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>

using namespace opml;
using runtime::EngineKind;
namespace fs = std::filesystem;

namespace {

fs::path testdata(const std::string &path) {
  const char *dir = std::getenv("OPML_TESTDATA");
  return fs::path(dir ? dir : OPML_DEFAULT_TESTDATA) / path;
}

struct Model {
  const char *name;
  fs::path path;
};

/// How the test runner shows it.
void PrintTo(const Model &model, std::ostream *out) { *out << model.name; }

class ModelEngines : public testing::TestWithParam<Model> {
protected:
  void SetUp() override {
    if (!fs::exists(GetParam().path))
      GTEST_SKIP() << "third-party data absent: " << GetParam().path;
    std::string name = fs::temp_directory_path() / "opml-engines-XXXXXX";
    ASSERT_TRUE(mkdtemp(name.data()));
    directory = name;
    compiler::CompileOptions options;
    options.model = GetParam().path;
    options.output = directory / "model.opml";
    if (llvm::Error error = compiler::compile(options))
      FAIL() << llvm::toString(std::move(error));
    auto opened = runtime::Image::open(options.output);
    ASSERT_TRUE(opened) << opened.error().message;
    image = std::move(*opened);
  }
  void TearDown() override {
    if (!directory.empty())
      fs::remove_all(directory);
  }

  std::shared_ptr<vm::Engine> engine(EngineKind kind) {
    auto created = runtime::createEngine(kind, image->program()->code());
    EXPECT_TRUE(created) << created.error().message;
    return std::move(*created);
  }
  std::vector<runtime::Tensor> inputs();
  /// Runs both machines to their end.
  void runSideBySide(vm::Machine &one, vm::Engine &interpreter,
                     vm::Machine &other, vm::Engine &translator);

  fs::path directory;
  std::optional<runtime::Image> image;
  vm::SplitMix64 random{1};
  uint64_t comparisons = 0;
};

/// Any multiples of 1/255 up to 1, as of an image.
std::vector<runtime::Tensor> ModelEngines::inputs() {
  std::vector<runtime::Tensor> tensors;
  for (const runtime::Port &port : image->manifest().inputs) {
    runtime::Tensor &tensor = tensors.emplace_back();
    tensor.type = port.type;
    EXPECT_EQ(port.type.elementType, runtime::ElementType::Float32);
    for (int64_t i = 0; i < port.type.elements(); ++i) {
      float value = float(random.below(256)) / 255;
      uint8_t bytes[sizeof value];
      std::memcpy(bytes, &value, sizeof value);
      tensor.bytes.insert(tensor.bytes.end(), bytes, bytes + sizeof value);
    }
  }
  return tensors;
}

void ModelEngines::runSideBySide(vm::Machine &one, vm::Engine &interpreter,
                                 vm::Machine &other, vm::Engine &translator) {
  constexpr unsigned mostBits = 20;
  while (one.running()) {
    uint64_t steps = 1 + random.below(uint64_t(1) << random.below(mostBits));
    ASSERT_EQ(other.run(steps, translator), one.run(steps, interpreter));
    ASSERT_EQ(other.registers(), one.registers());
    ASSERT_TRUE(std::ranges::equal(other.dataMemory().bytes(),
                                   one.dataMemory().bytes()));
    ++comparisons;
  }
  ASSERT_EQ(one.registers().status, vm::Status::Halted);
  ASSERT_EQ(other.stateHash(), one.stateHash());
}

TEST_P(ModelEngines, AreInTheSameStateAfterAnyNumberOfSteps) {
  std::shared_ptr<vm::Engine> interpreter = engine(EngineKind::Interpreter);
  std::shared_ptr<vm::Engine> translator = engine(EngineKind::Translator);
  std::vector<runtime::Tensor> tensors = inputs();
  runtime::Run one(*image, tensors), other(*image, tensors);
  while (one.nextNode() < one.nodeCount()) {
    SCOPED_TRACE("node " + std::to_string(one.nextNode()));
    auto oneMachine = one.machine(one.nextNode());
    auto otherMachine = other.machine(other.nextNode());
    ASSERT_TRUE(oneMachine && otherMachine);
    ASSERT_NO_FATAL_FAILURE(
        runSideBySide(*oneMachine, *interpreter, *otherMachine, *translator));
    ASSERT_TRUE(one.completeNode(*oneMachine));
    ASSERT_TRUE(other.completeNode(*otherMachine));
    EXPECT_EQ(other.contextRoot(), one.contextRoot());
  }
  EXPECT_EQ(other.outputRoot(), one.outputRoot());
  EXPECT_GT(comparisons, 20u);
  RecordProperty("comparisons", std::to_string(comparisons));
}

TEST_P(ModelEngines, ComeToTheSameRoots) {
  std::vector<runtime::Tensor> tensors = inputs();
  runtime::Run one(*image, tensors);
  runtime::Run other(*image, tensors, engine(EngineKind::Translator));
  EXPECT_EQ(other.contextRoot(), one.contextRoot());
  while (one.nextNode() < one.nodeCount()) {
    auto oneStats = one.runNode(), otherStats = other.runNode();
    ASSERT_TRUE(oneStats) << oneStats.error().message;
    ASSERT_TRUE(otherStats) << otherStats.error().message;
    EXPECT_EQ(otherStats->steps, oneStats->steps);
    EXPECT_EQ(other.contextRoot(), one.contextRoot());
  }
  EXPECT_EQ(other.outputRoot(), one.outputRoot());
}

INSTANTIATE_TEST_SUITE_P(
    Models, ModelEngines,
    testing::Values(Model{"digits", OPML_DIGITS_MODEL},
                    Model{"dnn256x2", testdata("mnist/dnn-256x2.onnx")},
                    Model{"mnist8", testdata("mnist/mnist-8/model.onnx")}),
    [](const auto &info) { return info.param.name; });

} // namespace
