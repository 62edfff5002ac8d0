//===- TestImage.cpp - A small image for tests ----------------------------===//

#include "TestImage.h"
#include "../../vm/unittests/GuestProgram.h"
#include "opml/runtime/CommandLine.h"
#include <cstdlib>

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;
using namespace opml::vm::test;

// Slot addresses; the stack is below the first.
static constexpr uint16_t slots[] = {0x20, 0x40, 0x60, 0x80};

std::vector<uint8_t> opml::runtime::test::testProgram(unsigned delay) {
  Words code;
  for (uint16_t element : {0, 4})
    append(code, {lw(t0, slots[0] + element, zero), addu(t0, t0, t0),
                  sw(t0, slots[1] + element, zero)});
  append(code, {loadExit, systemCall});
  for (uint16_t element : {0, 4})
    append(code,
           {lw(t0, slots[0] + element, zero), lw(t1, slots[1] + element, zero),
            addu(t0, t0, t1), lw(t1, slots[2] + element, zero),
            addu(t0, t0, t1), sw(t0, slots[3] + element, zero)});
  code.resize(code.size() + delay, nop);
  append(code, {loadExit, systemCall});
  return elfFile({codeSegment(code)});
}

Manifest opml::runtime::test::testManifest() {
  TensorType pair{ElementType::Int32, {2}};
  Manifest manifest;
  manifest.producer = "opml unit tests";
  manifest.values = {{Value::Kind::Weight, "a", pair},
                     {Value::Kind::Weight, "b", pair},
                     {Value::Kind::Input, "x", pair},
                     {Value::Kind::Activation, "doubled", pair},
                     {Value::Kind::Activation, "y", pair}};
  Node twice{.name = "Twice",
             .operators = {"Add"},
             .function = "twice",
             .entry = 0,
             .stackPointer = 0x20,
             .memDepth = 2,
             .stepBits = 4,
             .operands = {{x, slots[0], 0}},
             .results = {{doubled, slots[1], 0}}};
  Node sum{
      .name = "Sum",
      .operators = {"Add", "Add"},
      .function = "sum",
      .entry = 8 * 4,
      .stackPointer = 0x20,
      .memDepth = 3,
      .stepBits = 8,
      .operands = {{doubled, slots[0], 0}, {a, slots[1], 0}, {b, slots[2], 0}},
      .results = {{y, slots[3], 0}}};
  manifest.nodes = {twice, sum};
  manifest.inputs = {{"x", x, pair}};
  manifest.outputs = {{"y", y, {ElementType::Int32, {1, 2}}}};
  return manifest;
}

std::vector<uint8_t>
opml::runtime::test::int32Bytes(const std::vector<int32_t> &values) {
  std::vector<uint8_t> bytes(values.size() * 4);
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::span<const uint8_t> TestWeights::bytes(uint32_t valueIndex) {
  const std::vector<int32_t> &value = values[valueIndex];
  return {reinterpret_cast<const uint8_t *>(value.data()), value.size() * 4};
}

Manifest opml::runtime::test::writeTestImage(const std::string &path) {
  TestWeights weights;
  Expected<Manifest> manifest =
      writeImage(path, testManifest(), testProgram(), weights);
  if (!manifest)
    std::exit(reportError(manifest.error()));
  return std::move(*manifest);
}
