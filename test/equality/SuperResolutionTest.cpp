//===- SuperResolutionTest.cpp - Convolutions on every engine -------------===//

#include "../../vm/unittests/Nightly.h"
#include "CompiledModel.h"
#include <cstring>
#include <random>

using namespace opml;
using namespace opml::test;
using runtime::EngineKind;

namespace {

constexpr const char *modelFile = "vision/super_resolution_10/model.onnx";
const CompiledModel::Dimensions oneImage = {{"batch_size", 1}};

class SuperResolution : public testing::Test {
protected:
  void SetUp() override {
    if (!std::filesystem::exists(testdata(modelFile)))
      GTEST_SKIP() << "third-party data absent: " << testdata(modelFile);
  }
};

/// Numbers of [0, 1), as of an image.
std::vector<runtime::Tensor> noise(const runtime::Image &image) {
  std::mt19937 random(1);
  runtime::Tensor tensor{image.manifest().inputs[0].type, {}};
  tensor.bytes.resize(tensor.type.bytes());
  for (size_t i = 0; i < tensor.bytes.size(); i += sizeof(float)) {
    float value = float(random() >> 8) * 0x1p-24f;
    std::memcpy(&tensor.bytes[i], &value, sizeof value);
  }
  return {std::move(tensor)};
}

TEST_F(SuperResolution, HasTheSameBitsOnEveryEngine) {
  TemporaryDirectory directory;
  std::filesystem::path small = directory.path / "small.onnx";
  std::string command = OPML_PYTHON " " OPML_RESIZE_SCRIPT " " +
                        testdata(modelFile).string() + " 32 " + small.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  CompiledModel model;
  ASSERT_NO_FATAL_FAILURE(model.compile(small, oneImage));
  std::vector<runtime::Tensor> inputs = noise(model.image());
  ASSERT_EQ(inputs[0].type.str(), "float32[1,1,32,32]");
  vm::Hash expected =
      model.contextRoot(inputs, model.machines(EngineKind::Translator));
  EXPECT_EQ(model.contextRoot(inputs, model.machines(EngineKind::Interpreter)),
            expected);
  for (const NamedEngine &native : model.natives())
    EXPECT_EQ(model.contextRoot(inputs, native.engine), expected)
        << native.name;
}

// 137 G steps.
TEST_F(SuperResolution, InFullSizeEveryNodeStandsTheCheck) {
  if (!isNightly())
    GTEST_SKIP() << "part of the long set: scripts/test.sh --nightly";
  CompiledModel model;
  ASSERT_NO_FATAL_FAILURE(model.compile(testdata(modelFile), oneImage));
  std::vector<runtime::Tensor> inputs = noise(model.image());
  std::optional<vm::Hash> expected;
  for (const NamedEngine &native : model.natives()) {
    runtime::Run run(model.image(), inputs, native.engine);
    ASSERT_TRUE(run.runAll());
    if (!expected) {
      auto translator = model.machines(EngineKind::Translator);
      for (size_t node = 0; node < run.nodeCount(); ++node) {
        Expected<void> ok = run.check(node, *translator);
        EXPECT_TRUE(ok) << ok.error().message;
      }
      expected = run.contextRoot();
    }
    EXPECT_EQ(run.contextRoot(), *expected) << native.name;
  }
}

} // namespace
