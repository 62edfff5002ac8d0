//===- ArmTest.cpp - Native code of another architecture ------------------===//
//
// Every node of some models by AArch64's native code, on an emulated CPU: from
// the operands that the translator has, it makes the translator's results.
//
//===----------------------------------------------------------------------===//

#include "../../vm/unittests/Nightly.h"
#include "../programs/Process.h"
#include "CompiledModel.h"
#include "opml/Driver/Compile.h"
#include "opml/runtime/File.h"
#include "opml/runtime/NativeCache.h"
#include <algorithm>
#include <cstring>
#include <random>

using namespace opml;
using namespace opml::test;
namespace fs = std::filesystem;

namespace {

constexpr const char *level = "armv8-a";

struct Case {
  const char *name;
  fs::path path;
  bool isLong;
};
void PrintTo(const Case &model, std::ostream *out) { *out << model.name; }

class Arm : public testing::TestWithParam<Case> {
protected:
  void SetUp() override {
    if (!fs::exists(OPML_ARM_NODE))
      GTEST_SKIP() << "qemu-aarch64 or Debian's arm64 cross libraries are "
                      "missing; run scripts/setup.sh";
    if (!fs::exists(GetParam().path))
      GTEST_SKIP() << "third-party data absent: " << GetParam().path;
    if (GetParam().isLong && !isNightly())
      GTEST_SKIP() << "part of the long set: scripts/test.sh --nightly";
    compiler::CompileOptions options;
    options.model = GetParam().path;
    options.output = directory.path / "model.opml";
    options.nativeCache = directory.path;
    options.nativeLevels = {level};
    if (llvm::Error error = compiler::compile(options))
      FAIL() << llvm::toString(std::move(error));
    auto opened = runtime::Image::open(options.output);
    ASSERT_TRUE(opened) << opened.error().message;
    image = std::move(*opened);
    library = runtime::nativeLibraryPath(directory.path,
                                         image->manifest().modelRoot, level);
  }

  void checkNodes(const std::vector<runtime::Tensor> &inputs);
  void checkNode(const runtime::Node &node, const vm::Machine &before,
                 const vm::Machine &after);
  /// The bytes of a node's operand or result.
  std::span<const uint8_t> bytes(const vm::Machine &machine,
                                 const runtime::Slot &slot) const {
    return machine.dataMemory().bytes().subspan(
        slot.address, image->manifest().values[slot.value].type.bytes());
  }

  TemporaryDirectory directory;
  std::optional<runtime::Image> image;
  std::string library;
};

void Arm::checkNodes(const std::vector<runtime::Tensor> &inputs) {
  auto translator = runtime::createEngine(runtime::EngineKind::Translator,
                                          image->program()->code());
  ASSERT_TRUE(translator) << translator.error().message;
  runtime::Run run(*image, inputs, std::move(*translator));
  for (const runtime::Node &node : image->manifest().nodes) {
    auto before = run.machine(run.nextNode());
    ASSERT_TRUE(before) << before.error().message;
    runtime::NodeStats stats;
    auto after = run.executeNode(stats);
    ASSERT_TRUE(after) << after.error().message;
    checkNode(node, *before, *after);
    auto done = run.completeNode(*after);
    ASSERT_TRUE(done) << done.error().message;
  }
}

void Arm::checkNode(const runtime::Node &node, const vm::Machine &before,
                    const vm::Machine &after) {
  std::vector<std::string> command = {
      OPML_QEMU_AARCH64, "-L",    "/usr/aarch64-linux-gnu",
      OPML_ARM_NODE,     library, node.function};
  auto file = [&](const char *kind, size_t index) {
    return (directory.path / (kind + std::to_string(index))).string();
  };
  for (size_t i = 0; i < node.operands.size(); ++i) {
    command.push_back(file("operand", i));
    fs::remove(command.back());
    auto out = runtime::OutputFile::create(command.back());
    ASSERT_TRUE(out && out->write(bytes(before, node.operands[i])) &&
                out->close());
  }
  for (size_t i = 0; i < node.results.size(); ++i)
    command.push_back(file("result", i));
  ASSERT_EQ(test::run(command), 0) << node.name;
  for (size_t i = 0; i < node.results.size(); ++i) {
    auto result = runtime::MappedFile::open(file("result", i));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(
        std::ranges::equal(result->bytes(), bytes(after, node.results[i])))
        << node.name;
  }
}

/// Inputs of elements that `bits` makes.
template <typename Bits>
std::vector<runtime::Tensor> inputs(const runtime::Image &image, Bits bits) {
  std::vector<runtime::Tensor> all;
  for (const runtime::Port &port : image.manifest().inputs) {
    runtime::Tensor tensor{port.type, {}};
    EXPECT_EQ(port.type.elementType, runtime::ElementType::Float32);
    tensor.bytes.resize(port.type.bytes());
    for (size_t i = 0; i < tensor.bytes.size(); i += sizeof(uint32_t)) {
      uint32_t element = bits();
      std::memcpy(&tensor.bytes[i], &element, sizeof element);
    }
    all.push_back(std::move(tensor));
  }
  return all;
}

TEST_P(Arm, HasTheTranslatorsBits) {
  std::mt19937 random(1);
  checkNodes(inputs(*image, [&] {
    return std::bit_cast<uint32_t>(float(random() >> 8) * 0x1p-24f);
  }));
}

// Huge, tiny and subnormal numbers, infinities and NaNs.
TEST_P(Arm, HasTheTranslatorsBitsOnAnyBits) {
  std::mt19937 random(2);
  checkNodes(inputs(*image, [&] { return uint32_t(random()); }));
}

INSTANTIATE_TEST_SUITE_P(
    Models, Arm,
    testing::Values(Case{"digits", OPML_DIGITS_MODEL, false},
                    Case{"mnist8", testdata("mnist/mnist-8/model.onnx"), true},
                    Case{"dnn256x2", testdata("mnist/dnn-256x2.onnx"), true}),
    [](const auto &info) { return info.param.name; });

} // namespace
