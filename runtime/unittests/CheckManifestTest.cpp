//===- CheckManifestTest.cpp - The rules of docs/image-format.md ----------===//
//
// Each test breaks one rule of a good manifest; its name carries the number.
//
//===----------------------------------------------------------------------===//

#include "TestImage.h"
#include "gtest/gtest.h"
#include <functional>

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

/// A finished manifest, as writeImage would leave it.
Manifest good() {
  Manifest manifest = testManifest();
  manifest.values[b].offset = 64;
  manifest.weightsBytes = 72;
  manifest.codeDepth = 2;
  return manifest;
}

struct Damage {
  const char *name;
  std::function<void(Manifest &)> apply;
  const char *message; // part of the error
};

class CheckManifest : public testing::TestWithParam<Damage> {};

TEST_P(CheckManifest, Refuses) {
  Manifest manifest = good();
  GetParam().apply(manifest);
  Expected<void> ok = checkManifest(manifest);
  ASSERT_FALSE(ok);
  EXPECT_NE(ok.error().message.find(GetParam().message), std::string::npos)
      << ok.error().message;
}

const Damage damages[] = {
    {"Rule1Order", [](Manifest &m) { std::swap(m.values[b], m.values[x]); },
     "out of order"},
    {"Rule1NamesOfValues", [](Manifest &m) { m.values[y].name = "x"; },
     "two values are named 'x'"},
    {"Rule1NamesOfNodes", [](Manifest &m) { m.nodes[1].name = "Twice"; },
     "two nodes are named 'Twice'"},
    {"Rule1Utf8Value", [](Manifest &m) { m.values[y].name = "\xff"; },
     "not UTF-8"},
    {"Rule1Utf8Function", [](Manifest &m) { m.nodes[0].function = "\xc0\x80"; },
     "not UTF-8"},
    {"Rule1Utf8Operator",
     [](Manifest &m) { m.nodes[0].operators = {"\xed\xa0\x80"}; }, "not UTF-8"},
    {"Rule1Utf8Producer", [](Manifest &m) { m.producer = "\xe2\x82"; },
     "not UTF-8"},
    {"Rule1NegativeDimension",
     [](Manifest &m) { m.values[y].type.shape = {-1}; }, "exceeds"},
    {"Rule1Overflow",
     [](Manifest &m) {
       m.values[y].type.shape = {int64_t(1) << 62, int64_t(1) << 62, 4};
     },
     "exceeds"},
    {"Rule1OverflowBehindZero",
     [](Manifest &m) {
       m.values[y].type.shape = {int64_t(1) << 62, int64_t(1) << 62, 0};
     },
     "exceeds"},
    {"Rule1Rank", [](Manifest &m) { m.values[y].type.shape.assign(256, 1); },
     "exceeds"},
    {"Rule2MemDepth", [](Manifest &m) { m.nodes[0].memDepth = 28; },
     "memDepth 28"},
    {"Rule2CodeDepth", [](Manifest &m) { m.codeDepth = 28; }, "codeDepth 28"},
    {"Rule2StepBits", [](Manifest &m) { m.nodes[0].stepBits = 52; },
     "stepBits 52"},
    {"Rule2StepBitsNotAMultiple", [](Manifest &m) { m.nodes[0].stepBits = 5; },
     "stepBits 5"},
    {"Rule2NoSteps", [](Manifest &m) { m.nodes[0].stepBits = 0; },
     "stepBits 0"},
    {"Rule2Operands", [](Manifest &m) { m.nodes[0].operands.resize(257); },
     "more than 256 operands"},
    {"Rule2Results", [](Manifest &m) { m.nodes[0].results.resize(17); },
     "more than 16 results"},
    {"Rule2NoResult", [](Manifest &m) { m.nodes[0].results.clear(); },
     "no result"},
    {"Rule3EntryMisaligned", [](Manifest &m) { m.nodes[0].entry = 2; },
     "entry 2"},
    {"Rule3EntryOutside", [](Manifest &m) { m.nodes[0].entry = 128; },
     "entry 128"},
    {"Rule3StackMisaligned", [](Manifest &m) { m.nodes[0].stackPointer = 4; },
     "stackPointer 4"},
    {"Rule3StackOutside", [](Manifest &m) { m.nodes[0].stackPointer = 136; },
     "stackPointer 136"},
    {"Rule4Value", [](Manifest &m) { m.nodes[0].operands[0].value = 5; },
     "value 5, which does not exist"},
    {"Rule4Depth", [](Manifest &m) { m.nodes[0].operands[0].depth = 1; },
     "has depth 1"},
    {"Rule4Alignment",
     [](Manifest &m) { m.nodes[0].operands[0].address = 0x24; }, "not aligned"},
    {"Rule4Outside", [](Manifest &m) { m.nodes[0].operands[0].address = 128; },
     "outside memory"},
    {"Rule4OutsideAtTheTop",
     [](Manifest &m) { m.nodes[0].operands[0].address = 0xffffffe0; },
     "outside memory"},
    {"Rule5Overlap", [](Manifest &m) { m.nodes[0].results[0].address = 0x20; },
     "overlap"},
    {"Rule5DistinctOperands",
     [](Manifest &m) { m.nodes[1].operands[1].value = doubled; },
     "two slots hold 'doubled'"},
    {"Rule6NotYetComputed",
     [](Manifest &m) { std::swap(m.nodes[0], m.nodes[1]); },
     "does not exist yet"},
    {"Rule6OwnResult",
     [](Manifest &m) { m.nodes[0].operands[0].value = doubled; },
     "does not exist yet"},
    {"Rule6ComputedTwice",
     [](Manifest &m) { m.nodes[1].results[0].value = doubled; },
     "also the result of an earlier node"},
    {"Rule6NeverComputed", [](Manifest &m) { m.nodes.pop_back(); },
     "'y' is the result of no node"},
    {"Rule6ResultIsInput", [](Manifest &m) { m.nodes[0].results[0].value = x; },
     "not an activation"},
    {"Rule6ResultIsWeight",
     [](Manifest &m) { m.nodes[0].results[0].value = a; }, "not an activation"},
    {"Rule7PortValue", [](Manifest &m) { m.outputs[0].value = 5; },
     "value 5 does not exist"},
    {"Rule7PortBytes", [](Manifest &m) { m.outputs[0].type.shape = {3}; },
     "does not fit"},
    {"Rule7PortElementType",
     [](Manifest &m) { m.outputs[0].type.elementType = ElementType::Float32; },
     "does not fit"},
    {"Rule7PortOverflow",
     [](Manifest &m) { m.outputs[0].type.shape = {int64_t(1) << 62, 8, 2}; },
     "does not fit"},
    {"Rule7InputTwice",
     [](Manifest &m) {
       m.inputs.push_back(m.inputs[0]);
       m.inputs[1].name = "again";
     },
     "two input ports"},
    {"Rule7InputIsNone", [](Manifest &m) { m.inputs[0].value = a; },
     "not an input"},
    {"Rule7InputOrder",
     [](Manifest &m) {
       m.values[b].kind = Value::Kind::Input;
       m.inputs.push_back(m.inputs[0]);
       m.inputs[1].name = "earlier";
       m.inputs[1].value = b;
     },
     "listed behind the port of a later value"},
    {"Rule7InputUnbound", [](Manifest &m) { m.inputs.clear(); },
     "has no input port"},
    {"Rule7NoOutput", [](Manifest &m) { m.outputs.clear(); }, "no output"},
    {"Rule7OutputNames", [](Manifest &m) { m.outputs.push_back(m.outputs[0]); },
     "two outputs are named 'y'"},
    {"Rule7TooManyPorts",
     [](Manifest &m) { m.outputs.resize(65536, m.outputs[0]); }, "65535"},
    {"Rule8PageAlignment",
     [](Manifest &m) {
       m.values[b].type.shape = {1024};
       m.nodes[1].operands[2] = {b, 4096, 7};
       m.nodes[1].memDepth = 8;
     },
     "offset 64 is misaligned"},
    {"Rule8Alignment", [](Manifest &m) { m.values[b].offset = 72; },
     "misaligned or overlaps"},
    {"Rule8Overlap", [](Manifest &m) { m.values[b].offset = 0; },
     "misaligned or overlaps"},
    {"Rule8Outside", [](Manifest &m) { m.weightsBytes = 71; },
     "outside weights.bin"},
    {"Rule8OffsetOverflow",
     [](Manifest &m) { m.values[b].offset = UINT64_MAX - 63; },
     "outside weights.bin"},
    {"Rule8TrailingBytes", [](Manifest &m) { m.weightsBytes = 128; },
     "does not end with the last weight"},
    {"Rule9Order",
     [](Manifest &m) {
       std::swap(m.nodes[1].operands[0], m.nodes[1].operands[1]);
     },
     "listed behind one at a higher address"},
    {"Rule10LastDimension",
     [](Manifest &m) { m.values[a].panels = {"a", 1, 2, 1, false}; },
     "its panels do not fit its type int32[2]"},
    {"Rule10Elements",
     [](Manifest &m) {
       m.values[a].type.shape = {1, 16};
       m.values[b].offset = 128;
       m.weightsBytes = 136;
       m.nodes[1].operands.erase(m.nodes[1].operands.begin() + 1);
       m.values[a].panels = {"a", 1, 1, 17, false};
     },
     "its panels do not fit its type int32[1,16]"},
    {"Rule10Name",
     [](Manifest &m) { m.values[a].panels = {"\xff", 1, 1, 1, false}; },
     "not UTF-8"},
};

INSTANTIATE_TEST_SUITE_P(Rules, CheckManifest, testing::ValuesIn(damages),
                         [](const auto &info) { return info.param.name; });

TEST(CheckManifest, AcceptsAGoodOne) {
  Expected<void> ok = checkManifest(good());
  EXPECT_TRUE(ok) << ok.error().message;
}

} // namespace
