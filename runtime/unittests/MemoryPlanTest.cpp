//===- MemoryPlanTest.cpp -------------------------------------------------===//

#include "../lib/MemoryPlan.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace opml::runtime;

namespace {

TensorType bytesType(int64_t bytes) { return {ElementType::UInt8, {bytes}}; }

/// Each node reads some values made before it and makes one or two; the last
/// value is the output. Values 0 and 1 are a weight and the input.
Manifest randomManifest(uint32_t seed) {
  std::mt19937 random(seed);
  auto below = [&](uint64_t limit) { return random() % limit; };
  Manifest manifest;
  manifest.values = {{Value::Kind::Weight, "w", bytesType(1000)},
                     {Value::Kind::Input, "x", bytesType(70)}};
  manifest.inputs = {{"x", 1, bytesType(70)}};
  for (size_t i = 0; i < 20; ++i) {
    Node node;
    for (uint64_t reads = 1 + below(3); reads; --reads)
      node.operands.push_back({uint32_t(below(manifest.values.size()))});
    for (uint64_t makes = 1 + below(2); makes; --makes) {
      node.results.push_back({uint32_t(manifest.values.size())});
      manifest.values.push_back(
          {Value::Kind::Activation, "", bytesType(int64_t(below(500)))});
    }
    manifest.nodes.push_back(node);
  }
  uint32_t last = uint32_t(manifest.values.size() - 1);
  manifest.outputs = {{"y", last, manifest.values[last].type}};
  return manifest;
}

/// Runs the nodes on memory laid out like this, where each fills its results
/// with their value's number: false if one finds another number in an operand.
bool keepsValues(const Manifest &manifest, const MemoryPlan &plan) {
  std::vector<uint8_t> memory(plan.bytes);
  auto bytes = [&](uint32_t value) {
    return std::span(memory).subspan(plan.offsets[value],
                                     manifest.values[value].type.bytes());
  };
  auto holds = [&](uint32_t value) {
    return manifest.values[value].kind == Value::Kind::Weight ||
           std::ranges::all_of(bytes(value),
                               [&](uint8_t byte) { return byte == value; });
  };
  std::ranges::fill(bytes(1), uint8_t(1));
  bool kept = true;
  for (const Node &node : manifest.nodes) {
    // Results are written before the last operand is read.
    for (const Slot &slot : node.results)
      std::ranges::fill(bytes(slot.value), uint8_t(slot.value));
    for (const Slot &slot : node.operands)
      kept &= holds(slot.value);
  }
  return kept && holds(1) && holds(manifest.outputs[0].value);
}

uint64_t bytesOfAll(const Manifest &manifest) {
  uint64_t bytes = 0;
  for (const Value &value : manifest.values)
    if (value.kind != Value::Kind::Weight)
      bytes += alignedBytes(value.type.bytes());
  return bytes;
}

TEST(MemoryPlan, KeepsWhatIsStillRead) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Manifest manifest = randomManifest(seed);
    MemoryPlan plan = planMemory(manifest);
    EXPECT_TRUE(keepsValues(manifest, plan)) << seed;
    EXPECT_LE(plan.bytes, bytesOfAll(manifest)) << seed;
    for (uint64_t offset : plan.offsets)
      EXPECT_EQ(offset % bufferAlignment, 0u);
  }
}

TEST(MemoryPlan, SharesPlacesInAChain) {
  Manifest manifest;
  for (int64_t i = 0; i < 9; ++i)
    manifest.values.push_back(
        {i ? Value::Kind::Activation : Value::Kind::Input, "", bytesType(64)});
  for (uint32_t i = 0; i < 8; ++i) {
    Node node;
    node.operands = {{i}};
    node.results = {{i + 1}};
    manifest.nodes.push_back(node);
  }
  manifest.inputs = {{"x", 0, bytesType(64)}};
  manifest.outputs = {{"y", 8, bytesType(64)}};
  // The input, and two by turns, of which the last one stays.
  EXPECT_EQ(planMemory(manifest).bytes, 3u * 64);
}

} // namespace
