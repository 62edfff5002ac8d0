//===- OutputsTest.cpp - Output files and their description ---------------===//

#include "../tools/Outputs.h"
#include "TempDir.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

Tensor tensorOf(ElementType type, std::vector<int64_t> shape,
                std::vector<uint8_t> bytes) {
  return {{type, std::move(shape)}, std::move(bytes)};
}

std::vector<Port> portsNamed(const std::vector<std::string> &names) {
  std::vector<Port> ports(names.size());
  for (size_t i = 0; i < names.size(); ++i)
    ports[i].name = names[i];
  return ports;
}

TEST(OutputFileNames, AreSafeAndDistinct) {
  std::vector<Port> ports =
      portsNamed({"y", "a/b", "a:b", "..", "", std::string(300, 'x'), "a_b-2"});
  std::vector<std::string> names = outputFileNames(ports);
  EXPECT_EQ(names[0], "y.npy");
  EXPECT_EQ(names[1], "a_b.npy");
  EXPECT_EQ(names[2], "a_b-2.npy");
  EXPECT_EQ(names[3], "_...npy");
  EXPECT_EQ(names[4], "_.npy");
  EXPECT_EQ(names[5].size(), 204u);
  EXPECT_EQ(names[6], "a_b-2-2.npy");
}

TEST(OutputDirectory, WritesEveryOutput) {
  TempDir dir;
  Expected<OutputDirectory> outputs =
      OutputDirectory::create(dir.file("out"), {"y.npy", "z.npy"});
  ASSERT_TRUE(outputs) << outputs.error().message;
  std::vector<std::string> paths = outputs->paths();
  ASSERT_TRUE(writeOutputs(*outputs, {tensorOf(ElementType::UInt8, {1}, {5}),
                                      tensorOf(ElementType::UInt8, {1}, {6})}));
  EXPECT_EQ(paths, std::vector<std::string>(
                       {dir.file("out/y.npy"), dir.file("out/z.npy")}));
  EXPECT_EQ(readTensor(paths[1])->bytes, std::vector<uint8_t>{6});
}

TEST(OutputDirectory, VanishesIfNothingIsWritten) {
  TempDir dir;
  std::filesystem::create_directory(dir.file("old"));
  for (const char *name : {"new", "old"})
    ASSERT_TRUE(OutputDirectory::create(dir.file(name), {"y.npy"}));
  EXPECT_EQ(dir.list(), std::vector<std::string>{"old"});
  EXPECT_TRUE(std::filesystem::is_empty(dir.file("old")));
}

TEST(OutputDirectory, AnOutputThatCannotBeWrittenIsNamed) {
  TempDir dir;
  std::filesystem::create_directories(dir.file("out/z.npy"));
  Expected<OutputDirectory> outputs =
      OutputDirectory::create(dir.file("out"), {"y.npy", "z.npy"});
  ASSERT_FALSE(outputs);
  EXPECT_NE(outputs.error().message.find("z.npy"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(dir.file("out/y.npy")));
}

TEST(DescribeOutput, ShowsValuesInTheirType) {
  auto describe = [](const Tensor &tensor) {
    return describeOutput({"y", 0, tensor.type}, tensor);
  };
  EXPECT_EQ(describe(tensorOf(ElementType::Int8, {2, 1}, {0xff, 1})),
            "y int8[2,1]: -1 1");
  EXPECT_EQ(describe(tensorOf(ElementType::UInt64, {},
                              {255, 255, 255, 255, 255, 255, 255, 255})),
            "y uint64[]: 18446744073709551615");
  EXPECT_EQ(
      describe(tensorOf(ElementType::Float32, {}, {0xcd, 0xcc, 0xcc, 0x3d})),
      "y float32[]: 0.100000001");
  // IEEE 754 binary16: 1.5, the least subnormal, -infinity.
  EXPECT_EQ(describe(tensorOf(ElementType::Float16, {3, 1},
                              {0x00, 0x3e, 0x01, 0x00, 0x00, 0xfc})),
            "y float16[3,1]: 1.5 5.96046448e-08 -inf");
  EXPECT_EQ(describe(tensorOf(ElementType::BFloat16, {}, {0x40, 0xc0})),
            "y bfloat16[]: -3");
  EXPECT_EQ(describe(tensorOf(ElementType::Bool, {0}, {})), "y bool[0]:");
}

TEST(DescribeOutput, NamesTheTopClassOfOneRowOfScores) {
  Tensor scores = tensorOf(ElementType::UInt8, {1, 4}, {3, 9, 9, 1});
  EXPECT_EQ(describeOutput({"y", 0, scores.type}, scores),
            "y uint8[1,4]: 3 9 9 1\ny top class: 1");
}

TEST(DescribeOutput, ShortensLongTensors) {
  Tensor tensor =
      tensorOf(ElementType::UInt8, {33, 1}, std::vector<uint8_t>(33, 1));
  std::string text = describeOutput({"y", 0, tensor.type}, tensor);
  EXPECT_NE(text.find("… (33 elements)"), std::string::npos);
}

} // namespace
