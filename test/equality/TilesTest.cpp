//===- TilesTest.cpp - Sizes that leave remainders of tiles ---------------===//

#include "CompiledModel.h"
#include <cstring>
#include <random>

using namespace opml;
using namespace opml::test;
using runtime::EngineKind;

namespace {

class Tiles : public testing::TestWithParam<const char *> {};

/// Numbers of [-1, 1), every 16th of them a zero of either sign or a subnormal
/// number: an infinity or a NaN would be all that is left of a long sum.
std::vector<runtime::Tensor> saltedNoise(const runtime::Image &image) {
  constexpr uint32_t salts[] = {0x00000000, 0x80000000, 0x00000001, 0x807fffff};
  std::mt19937 random(1);
  runtime::Tensor tensor{image.manifest().inputs[0].type, {}};
  tensor.bytes.resize(tensor.type.bytes());
  for (size_t i = 0; i < tensor.bytes.size(); i += sizeof(float)) {
    float value = float(int32_t(random()) >> 8) * 0x1p-23f;
    if (random() % 16 == 0)
      std::memcpy(&value, &salts[random() % std::size(salts)], sizeof value);
    std::memcpy(&tensor.bytes[i], &value, sizeof value);
  }
  return {std::move(tensor)};
}

TEST_P(Tiles, HaveTheTranslatorsBits) {
  TemporaryDirectory directory;
  std::filesystem::path file = directory.path / "model.onnx";
  std::string command =
      std::string(OPML_PYTHON " " OPML_TILE_MODEL_SCRIPT " ") + GetParam() +
      " " + file.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  CompiledModel model;
  ASSERT_NO_FATAL_FAILURE(model.compile(file));
  std::vector<runtime::Tensor> inputs = saltedNoise(model.image());
  vm::Hash expected =
      model.contextRoot(inputs, model.machines(EngineKind::Translator));
  for (const NamedEngine &native : model.natives())
    EXPECT_EQ(model.contextRoot(inputs, native.engine), expected)
        << native.name;
}

INSTANTIATE_TEST_SUITE_P(Models, Tiles,
                         testing::Values("long-reduction", "remainders",
                                         "transposed", "one-row", "one-column",
                                         "narrow", "batched", "square", "conv",
                                         "conv-strided", "conv-far-apart",
                                         "conv-in-groups", "conv-by-channel",
                                         "conv-1d", "max-pool",
                                         "max-pool-by-three"),
                         [](const auto &test) {
                           std::string name = test.param;
                           std::erase(name, '-');
                           return name;
                         });

} // namespace
