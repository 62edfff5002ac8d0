//===- ManifestReaderTest.cpp - Hostile manifests with a good hash --------===//

#include "../lib/ManifestJson.h"
#include "TempDir.h"
#include "TestImage.h"
#include "opml/runtime/Hex.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

/// Gives a text the hash that belongs to it.
std::string rehashed(std::string text) {
  size_t begin = text.size() - manifestHashSuffix.size() - hashDigits;
  text.replace(begin, hashDigits, hashDigits, '0');
  Hash hash = vm::keccak256(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()});
  return text.replace(begin, hashDigits, hexDigits(hash));
}

std::string replaced(std::string text, const std::string &from,
                     const std::string &to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class ManifestReader : public testing::Test {
protected:
  void SetUp() override {
    TempDir dir;
    manifest = writeTestImage(dir.file("test.opml"));
    text = writeManifest(manifest);
  }
  /// The error for the text with one passage replaced and a fitting hash.
  std::string errorWith(const std::string &from, const std::string &to) {
    Expected<Manifest> read = readManifest(rehashed(replaced(text, from, to)));
    return read ? "" : read.error().message;
  }
  Manifest manifest;
  std::string text;
};

TEST_F(ManifestReader, ReadsWhatIsWritten) {
  Expected<Manifest> read = readManifest(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(computeModelRoot(*read), manifest.modelRoot);
  EXPECT_EQ(rehashed(text), text);
}

TEST_F(ManifestReader, NamesTheMemberThatIsWrong) {
  EXPECT_EQ(errorWith("\"entry\": 32", "\"entry\": -32"),
            "nodes[1] entry is not an integer in range");
  EXPECT_EQ(errorWith("\"entry\": 32", "\"entry\": 4294967296"),
            "nodes[1] entry is not an integer in range");
  EXPECT_EQ(errorWith("\"entry\": 32", "\"entry\": 1e1"),
            "nodes[1] entry is not an integer in range");
  EXPECT_EQ(errorWith("\"memDepth\": 2", "\"memDepth\": 256"),
            "nodes[0] memDepth is not an integer in range");
  EXPECT_EQ(errorWith("\"entry\": 32", "\"entry\": {\"a\": []}"),
            "nodes[1] entry is not an integer in range");
  EXPECT_EQ(errorWith("\"name\": \"doubled\"", "\"name\": null"),
            "values[3] name is not a string");
  EXPECT_EQ(errorWith("\"name\": \"doubled\"", "\"title\": \"doubled\""),
            "values[3] name is not a string");
  EXPECT_EQ(errorWith("\"type\": \"int32\"", "\"type\": \"int33\""),
            "values[0] type is not an element type");
  EXPECT_EQ(errorWith("\"kind\": \"input\"", "\"kind\": \"output\""),
            "values[2] unknown kind of value 'output'");
  EXPECT_EQ(errorWith("\"root\": \"0x", "\"root\": \"1x"),
            "values[0] root is not a hash");
}

TEST_F(ManifestReader, RefusesOtherFormatsAndVersions) {
  EXPECT_EQ(errorWith("\"opml-image\"", "\"opml-imagf\""),
            "not an opML image manifest");
  EXPECT_EQ(errorWith("\"version\": 1", "\"version\": 2"),
            "image format version 2 is not supported; this build reads "
            "version 1");
}

TEST_F(ManifestReader, HasOneSpelling) {
  const char *canonical = "not in canonical form";
  EXPECT_TRUE(
      errorWith("\"nodeBits\": 4", "\"nodeBits\": 8").starts_with(canonical));
  EXPECT_TRUE(errorWith("\"version\": 1,", "\"version\": 1,\n  \"extra\": 1,")
                  .starts_with(canonical));
  EXPECT_TRUE(
      errorWith("\"version\": 1,", "\"version\":  1,").starts_with(canonical));
  EXPECT_TRUE(errorWith("\"version\": 1,", "\"version\": 1,\n  \"version\": 1,")
                  .starts_with(canonical));
  EXPECT_TRUE(errorWith("\"x\"", "\"\\u0078\"").starts_with(canonical));
}

TEST_F(ManifestReader, RefusesWhatIsNotJson) {
  EXPECT_EQ(errorWith("{\n  \"format\"", "[\n  \"format\""), "not valid JSON");
  EXPECT_EQ(errorWith("\"version\": 1", "\"version\": 01"), "not valid JSON");
  EXPECT_EQ(errorWith("\"doubled\"", "\"doub\xff\""), "not valid JSON");
}

TEST_F(ManifestReader, RefusesDeepNesting) {
  std::string deep = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_EQ(errorWith("\"version\": 1", "\"version\": " + deep),
            "nested too deeply");
}

TEST_F(ManifestReader, RefusesABrokenRuleInAFittingFile) {
  EXPECT_EQ(errorWith("\"entry\": 32", "\"entry\": 30"),
            "node 'Sum': entry 30 is not the address of an instruction");
}

TEST_F(ManifestReader, RefusesAWrongHash) {
  EXPECT_EQ(readManifest("").error().message,
            "does not end with a manifestHash; the file is damaged or "
            "truncated");
  std::string damaged = replaced(text, "doubled", "trebled");
  EXPECT_EQ(readManifest(damaged).error().message,
            "manifestHash does not match; the file is damaged");
}

// Random changes with a fitting hash: the reader must refuse or accept them,
// never crash, and what it accepts must be spelled as the writer spells it.
TEST_F(ManifestReader, SurvivesRandomDamage) {
  const std::string alphabet = "{}[]\",:0123456789-+eE.\\u \ntfnx\x80\xff";
  uint32_t state = 1;
  auto random = [&state](size_t bound) {
    state = state * 1664525 + 1013904223; // Numerical Recipes' generator
    return (state >> 8) % bound;
  };
  size_t refused = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string damaged = text;
    for (size_t changes = 1 + random(3); changes > 0; --changes) {
      size_t at = random(damaged.size() - 100);
      if (random(2))
        damaged[at] = alphabet[random(alphabet.size())];
      else
        damaged.erase(at, 1 + random(30));
    }
    damaged = rehashed(damaged);
    if (Expected<Manifest> read = readManifest(damaged))
      EXPECT_EQ(writeManifest(*read), damaged);
    else
      ++refused;
  }
  EXPECT_GT(refused, 4000u);
}

} // namespace
