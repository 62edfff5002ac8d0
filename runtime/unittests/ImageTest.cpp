//===- ImageTest.cpp - Writing, opening and damaging images ---------------===//

#include "../lib/ManifestJson.h"
#include "TempDir.h"
#include "TestImage.h"
#include "opml/runtime/Hex.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

std::string openError(const std::string &path) {
  Expected<Image> image = Image::open(path);
  return image ? "" : image.error().message;
}

class ImageTest : public testing::Test {
protected:
  TempDir dir;
  std::string path = dir.file("test.opml");
  std::string manifestPath = path + "/manifest.json";
  std::string programPath = path + "/program.elf";
  std::string weightsPath = path + "/weights.bin";
};

TEST_F(ImageTest, RoundTrip) {
  Manifest written = writeTestImage(path);
  Expected<Image> image = Image::open(path);
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(writeManifest(image->manifest()), writeManifest(written));
  EXPECT_EQ(image->program()->codeRoot(), written.codeRoot);
  EXPECT_TRUE(image->verifyWeights());
  Expected<std::span<const uint8_t>> weight = image->weight(b);
  ASSERT_TRUE(weight);
  EXPECT_EQ(std::vector<uint8_t>(weight->begin(), weight->end()),
            int32Bytes({-7, 30000}));
  EXPECT_EQ(dir.list(), std::vector<std::string>{"test.opml"});
}

TEST_F(ImageTest, SameInputGivesTheSameBytes) {
  writeTestImage(path);
  writeTestImage(dir.file("again.opml"));
  for (const char *file : {"/manifest.json", "/program.elf", "/weights.bin"})
    EXPECT_EQ(readBytes(path + file), readBytes(dir.file("again.opml") + file));
}

TEST_F(ImageTest, AFlippedBitInTheManifestIsFound) {
  writeTestImage(path);
  size_t size = readBytes(manifestPath).size();
  for (size_t i = 0; i < size; ++i) {
    flipBit(manifestPath, i, i % 8);
    EXPECT_NE(openError(path), "") << "byte " << i;
    flipBit(manifestPath, i, i % 8);
  }
  EXPECT_EQ(openError(path), "");
}

TEST_F(ImageTest, AFlippedBitInTheProgramIsFound) {
  writeTestImage(path);
  size_t size = readBytes(programPath).size();
  for (size_t i = 0; i < size; ++i) {
    flipBit(programPath, i, i % 8);
    EXPECT_NE(openError(path).find("program.elf: programHash"),
              std::string::npos)
        << "byte " << i;
    flipBit(programPath, i, i % 8);
  }
  EXPECT_EQ(openError(path), "");
}

TEST_F(ImageTest, AFlippedBitInTheWeightsIsFoundByVerify) {
  writeTestImage(path);
  ASSERT_EQ(readBytes(weightsPath).size(), 72u);
  for (size_t i = 0; i < 72; ++i) {
    flipBit(weightsPath, i, i % 8);
    Expected<Image> image = Image::open(path);
    ASSERT_TRUE(image);
    EXPECT_FALSE(image->verifyWeights()) << "byte " << i;
    flipBit(weightsPath, i, i % 8);
  }
}

TEST_F(ImageTest, ADamagedWeightIsFoundOnItsFirstUse) {
  writeTestImage(path);
  flipBit(weightsPath, 64, 0);
  Expected<Image> image = Image::open(path);
  ASSERT_TRUE(image);
  EXPECT_TRUE(image->weight(a));
  Expected<std::span<const uint8_t>> damaged = image->weight(b);
  ASSERT_FALSE(damaged);
  EXPECT_NE(damaged.error().message.find("weight 'b' is damaged"),
            std::string::npos);
}

TEST_F(ImageTest, EveryTruncationIsFound) {
  writeTestImage(path);
  for (const std::string &file : {manifestPath, programPath, weightsPath}) {
    std::vector<uint8_t> bytes = readBytes(file);
    for (size_t size = 0; size < bytes.size(); size += 7) {
      writeBytes(file, {bytes.begin(), bytes.begin() + size});
      EXPECT_NE(openError(path), "") << file << ", " << size << " bytes";
    }
    bytes.push_back('\n');
    writeBytes(file, bytes);
    EXPECT_NE(openError(path), "") << file << ", one byte more";
    bytes.pop_back();
    writeBytes(file, bytes);
  }
}

TEST_F(ImageTest, AMissingFileIsNamed) {
  for (const char *file : {"manifest.json", "program.elf", "weights.bin"}) {
    writeTestImage(path);
    std::filesystem::remove(path + "/" + file);
    EXPECT_NE(openError(path).find(file), std::string::npos);
    std::filesystem::remove_all(path);
  }
}

TEST_F(ImageTest, AnImageIsReplaced) {
  Manifest first = writeTestImage(path);
  TestWeights weights;
  weights.values[0] = {1, 2};
  Expected<Manifest> second =
      writeImage(path + "/", testManifest(), testProgram(), weights);
  ASSERT_TRUE(second) << second.error().message;
  Expected<Image> image = Image::open(path);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->manifest().modelRoot, second->modelRoot);
  EXPECT_NE(image->manifest().modelRoot, first.modelRoot);
  EXPECT_EQ(dir.list(), std::vector<std::string>{"test.opml"});
}

TEST_F(ImageTest, WhatIsNotAnImageIsNotReplaced) {
  TestWeights weights;
  auto refused = [&] {
    Expected<Manifest> manifest =
        writeImage(path, testManifest(), testProgram(), weights);
    return !manifest && manifest.error().message.find("not an opML image") !=
                            std::string::npos;
  };
  writeBytes(path, {1, 2, 3});
  EXPECT_TRUE(refused());
  EXPECT_EQ(readBytes(path), std::vector<uint8_t>({1, 2, 3}));
  std::filesystem::remove(path);

  std::filesystem::create_directory(path);
  EXPECT_TRUE(refused());
  std::filesystem::remove(path);

  writeTestImage(path);
  writeBytes(path + "/notes.txt", {1});
  EXPECT_TRUE(refused());
  EXPECT_EQ(dir.list(), std::vector<std::string>{"test.opml"});
}

TEST_F(ImageTest, AFailedWriteLeavesNothing) {
  TestWeights weights;
  weights.values[1] = {1};
  Expected<Manifest> manifest =
      writeImage(path, testManifest(), testProgram(), weights);
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().message,
            "weight 'b' has 4 bytes, but its type is int32[2]");
  EXPECT_TRUE(dir.list().empty());

  manifest = writeImage(dir.file("none/test.opml"), testManifest(),
                        testProgram(), weights);
  ASSERT_FALSE(manifest);
  EXPECT_NE(manifest.error().message.find("none/test.opml"), std::string::npos);
}

TEST_F(ImageTest, ADirtyManifestIsNotWritten) {
  TestWeights weights;
  Manifest manifest = testManifest();
  manifest.nodes[0].memDepth = 28;
  EXPECT_FALSE(writeImage(path, manifest, testProgram(), weights));
  std::vector<uint8_t> program = testProgram();
  program[0] = 0;
  EXPECT_FALSE(writeImage(path, testManifest(), program, weights));
  EXPECT_TRUE(dir.list().empty());
}

TEST_F(ImageTest, AWrongModelRootIsFound) {
  Manifest manifest = writeTestImage(path);
  manifest.modelRoot[0] ^= 1;
  std::string text = writeManifest(manifest);
  writeBytes(manifestPath, {text.begin(), text.end()});
  EXPECT_NE(openError(path).find("modelRoot"), std::string::npos);
}

TEST_F(ImageTest, ACodeRootOfAnotherProgramIsFound) {
  Manifest manifest = writeTestImage(path);
  manifest.codeRoot[0] ^= 1;
  manifest.modelRoot = computeModelRoot(manifest);
  std::string text = writeManifest(manifest);
  writeBytes(manifestPath, {text.begin(), text.end()});
  EXPECT_NE(openError(path).find("codeRoot"), std::string::npos);
}

} // namespace
