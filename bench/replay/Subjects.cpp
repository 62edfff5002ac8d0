//===- Subjects.cpp - Machines whose runs are replayed --------------------===//

#include "Subjects.h"
#include "../../vm/unittests/GuestProgram.h"
#include "opml/runtime/Run.h"
#include "opml/vm/Translator.h"
#include <cstring>
#include <fstream>
#include <iterator>
#include <malloc.h>
#include <random>

using namespace opml;
using namespace opml::bench;
using namespace opml::runtime;
using namespace opml::vm::test;

Subject opml::bench::guestProgram(const std::string &name) {
  constexpr unsigned memoryDepth = 26; // 2 GiB, as in opml-vm exec
  std::ifstream file(OPML_BENCH_DIR "/bench-" + name + ".elf",
                     std::ios::binary);
  std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  auto program =
      std::make_shared<const vm::Program>(orExit(vm::Program::fromElf(bytes)));
  return {
      name,
      [program] { return orExit(vm::Machine::start(program, memoryDepth)); },
      {}};
}

namespace {

constexpr uint64_t weightBytes = uint64_t(512) << 20;
constexpr uint64_t resultBytes = uint64_t(64) << 20;
constexpr uint32_t weightAddress = weightBytes, resultAddress = resultBytes;
constexpr unsigned weightDepth = 24, resultDepth = 21, memDepth = 25;

struct RandomWeight : WeightSource {
  std::vector<uint8_t> content = std::vector<uint8_t>(weightBytes);
  RandomWeight() {
    std::mt19937_64 random(4);
    auto *words = reinterpret_cast<uint64_t *>(content.data());
    std::generate_n(words, weightBytes / sizeof *words, random);
  }
  std::span<const uint8_t> bytes(uint32_t) override { return content; }
};

/// Stores a running sum for every eight weights, and starts again.
std::vector<uint8_t> program() {
  auto lui = [](Gpr rt, uint32_t value) {
    return iType(0x0f, zero, rt, uint16_t(value >> 16));
  };
  auto bne = [](Gpr rs, Gpr rt, int16_t offset) {
    return iType(0x05, rs, rt, uint16_t(offset));
  };
  Words words = {lui(t0, weightAddress), lui(t1, resultAddress),
                 lui(sp, weightAddress + weightBytes)};
  Words body;
  for (uint16_t i = 0; i < 8; ++i)
    append(body, {lw(v0, 4 * i, t0), addu(a0, a0, v0)});
  append(body, {sw(a0, 0, t1), addiu(t0, t0, 32)});
  append(words, body);
  append(words, {bne(t0, sp, int16_t(-int(body.size()) - 1)), addiu(t1, t1, 4),
                 beq(zero, zero, int16_t(-int(body.size()) - 6)), nop});
  return elfFile({codeSegment(words)});
}

void writeImageTo(const std::string &path) {
  TensorType weights{ElementType::Int32, {weightBytes / 4}};
  TensorType results{ElementType::Int32, {resultBytes / 4}};
  Manifest manifest;
  manifest.producer = "opml-bench-replay";
  manifest.values = {{Value::Kind::Weight, "w", weights},
                     {Value::Kind::Activation, "y", results}};
  manifest.nodes = {{.name = "Sums",
                     .operators = {"CumSum"},
                     .function = "sums",
                     .entry = 0,
                     .stackPointer = 64,
                     .memDepth = memDepth,
                     .stepBits = 48,
                     .operands = {{0, weightAddress, weightDepth}},
                     .results = {{1, resultAddress, resultDepth}}}};
  manifest.outputs = {{"y", 1, results}};
  RandomWeight source;
  orExit(writeImage(path, manifest, program(), source));
}

} // namespace

std::vector<Subject>
opml::bench::nodeWithLargeWeights(const std::string &folder) {
  std::string path = folder + "/weights.opml";
  writeImageTo(path);
  malloc_trim(0);
  auto run = std::make_shared<const Run>(orExit(Image::open(path)),
                                         std::vector<Tensor>());
  auto start = [run] { return orExit(run->machine(0)); };
  vm::ReplayOptions quarter;
  quarter.snapshotMemory /= 4;
  return {{"512 MiB of weights", start, {}},
          {"  within 256 MiB", start, quarter}};
}

Subject opml::bench::nodeOfImage(const std::string &path, uint32_t node) {
  Image image = orExit(Image::open(path));
  std::mt19937_64 random(2);
  std::uniform_real_distribution<float> values(-1, 1);
  std::vector<Tensor> inputs;
  for (const Port &port : image.manifest().inputs) {
    Tensor &input = inputs.emplace_back(
        Tensor{port.type, std::vector<uint8_t>(port.type.bytes())});
    if (port.type.elementType == ElementType::Float32)
      for (size_t at = 0; at < input.bytes.size(); at += sizeof(float)) {
        float value = values(random);
        std::memcpy(&input.bytes[at], &value, sizeof value);
      }
  }
  if (node >= image.manifest().nodes.size())
    orExit<int>(makeError(path + " has no node " + std::to_string(node)));
  std::string name = image.manifest().nodes[node].name;
  std::shared_ptr<vm::Engine> engine =
      orExit(vm::Translator::create(image.program()->code()));
  auto run = std::make_shared<Run>(std::move(image), std::move(inputs), engine);
  orExit(run->runAll({}, node));
  return {name, [run, node] { return orExit(run->machine(node)); }, {}};
}
