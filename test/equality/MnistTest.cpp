//===- MnistTest.cpp - The MNIST test images on every engine --------------===//
//
// Native code, at every CPU level and on 1 to 3 threads, the translator and the
// interpreter come to the same context root, and so to the same bits in every
// value, image after image.
//
//===----------------------------------------------------------------------===//

#include "../../vm/unittests/Nightly.h"
#include "CompiledModel.h"
#include "opml/runtime/Session.h"
#include <algorithm>
#include <cstring>
#include <zlib.h>

using namespace opml;
using namespace opml::test;
using runtime::EngineKind;

namespace {

constexpr const char *imagesFile = "mnist/data/t10k-images-idx3-ubyte.gz";
constexpr const char *labelsFile = "mnist/data/t10k-labels-idx1-ubyte.gz";
constexpr size_t imageCount = 10000, pixels = 28 * 28;

/// The data behind the header of an IDX file.
std::vector<uint8_t> readIdx(const char *name, size_t header, size_t bytes) {
  std::vector<uint8_t> all(header + bytes);
  gzFile file = gzopen(testdata(name).c_str(), "rb");
  EXPECT_EQ(gzread(file, all.data(), unsigned(all.size())), int(all.size()));
  gzclose(file);
  return {all.begin() + std::ptrdiff_t(header), all.end()};
}

struct Case {
  const char *name, *path;
  float divisor; // of pixels 0 … 255
  /// Right answers of 10,000 as its makers state: README of the test data.
  int right;
};
void PrintTo(const Case &model, std::ostream *out) { *out << model.name; }

class Mnist : public testing::TestWithParam<Case> {
protected:
  void SetUp() override {
    for (const char *file : {GetParam().path, imagesFile, labelsFile})
      if (!std::filesystem::exists(testdata(file)))
        GTEST_SKIP() << "third-party data absent: " << testdata(file);
    images = readIdx(imagesFile, 16, imageCount * pixels);
    labels = readIdx(labelsFile, 8, imageCount);
    ASSERT_NO_FATAL_FAILURE(model.compile(testdata(GetParam().path)));
  }

  void fill(std::span<uint8_t> input, size_t image) const {
    for (size_t i = 0; i < pixels; ++i) {
      float value = float(images[image * pixels + i]) / GetParam().divisor;
      std::memcpy(&input[i * sizeof value], &value, sizeof value);
    }
  }
  std::vector<runtime::Tensor> inputs(size_t image) const {
    runtime::Tensor tensor{model.image().manifest().inputs[0].type, {}};
    tensor.bytes.resize(pixels * sizeof(float));
    fill(tensor.bytes, image);
    return {std::move(tensor)};
  }

  std::vector<uint8_t> images, labels;
  CompiledModel model;
};

TEST_P(Mnist, HasTheSameBitsOnEveryEngine) {
  size_t byTranslator = isNightly() ? 1000 : 100;
  size_t byInterpreter = isNightly() ? 50 : 3;
  auto translator = model.machines(EngineKind::Translator);
  auto interpreter = model.machines(EngineKind::Interpreter);
  for (size_t image = 0; image < byTranslator; ++image) {
    std::vector<runtime::Tensor> tensors = inputs(image);
    vm::Hash expected = model.contextRoot(tensors, translator);
    if (image < byInterpreter)
      ASSERT_EQ(model.contextRoot(tensors, interpreter), expected) << image;
    for (const NamedEngine &native : model.natives())
      ASSERT_EQ(model.contextRoot(tensors, native.engine), expected)
          << image << ": " << native.name;
  }
}

TEST_P(Mnist, ClassifiesAsWellAsStated) {
  auto session =
      runtime::Session::create(model.image(), model.natives().front().engine);
  ASSERT_TRUE(session) << session.error().message;
  int right = 0;
  for (size_t image = 0; image < imageCount; ++image) {
    fill((*session)->input(0), image);
    (*session)->run();
    std::array<float, 10> scores;
    std::memcpy(scores.data(), (*session)->output(0).data(), sizeof scores);
    right += std::ranges::max_element(scores) - scores.begin() == labels[image];
  }
  RecordProperty("right", right);
  EXPECT_EQ(right, GetParam().right);
}

INSTANTIATE_TEST_SUITE_P(
    Models, Mnist,
    testing::Values(Case{"mnist8", "mnist/mnist-8/model.onnx", 1, 9891},
                    Case{"dnn256x2", "mnist/dnn-256x2.onnx", 255, 9808}),
    [](const auto &info) { return info.param.name; });

} // namespace
