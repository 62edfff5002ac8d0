//===- LargeWeights.cpp - A node with 512 MiB of weights ------------------===//
//
// What opml-vm does for a state hash of such a node: open the image, check the
// weight, make the machine, run and hash; and the memory that this takes.
//
//===----------------------------------------------------------------------===//

#include "../../vm/unittests/GuestProgram.h"
#include "Hashing.h"
#include "opml/runtime/Run.h"
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <optional>
#include <sstream>
#include <unistd.h>

using namespace opml;
using namespace opml::bench;
using namespace opml::runtime;
using namespace opml::vm::test;

namespace {

constexpr uint64_t weightBytes = uint64_t(512) << 20;
constexpr uint32_t weightAddress = weightBytes, resultAddress = 64;

struct RandomWeight : WeightSource {
  std::vector<uint8_t> content = std::vector<uint8_t>(weightBytes);
  RandomWeight() { fillRandomly(content, 4); }
  std::span<const uint8_t> bytes(uint32_t) override { return content; }
};

/// Adds up the first word of every page.
std::vector<uint8_t> program() {
  auto lui = [](Gpr rt, uint32_t value) {
    return iType(0x0f, zero, rt, uint16_t(value >> 16));
  };
  auto bne = [](Gpr rs, Gpr rt, int16_t offset) {
    return iType(0x05, rs, rt, uint16_t(offset));
  };
  Words words = {lui(t0, weightAddress),
                 lui(t1, weightAddress + weightBytes),
                 lw(v0, 0, t0),
                 addu(a0, a0, v0),
                 addiu(t0, t0, 4096),
                 bne(t0, t1, -4),
                 nop,
                 sw(a0, resultAddress, zero),
                 addiu(a0, zero, 0),
                 loadExit,
                 systemCall};
  return elfFile({codeSegment(words)});
}

Expected<void> writeLargeImage(const std::string &path) {
  TensorType large{ElementType::Int32, {weightBytes / 4}};
  TensorType one{ElementType::Int32, {1}};
  Manifest manifest;
  manifest.producer = "opml-bench-hashing";
  manifest.values = {{Value::Kind::Weight, "w", large},
                     {Value::Kind::Activation, "y", one}};
  manifest.nodes = {{.name = "Sum",
                     .operators = {"ReduceSum"},
                     .function = "sum",
                     .entry = 0,
                     .stackPointer = resultAddress,
                     .memDepth = 25,
                     .stepBits = 20,
                     .operands = {{0, weightAddress, 24}},
                     .results = {{1, resultAddress, 0}}}};
  manifest.outputs = {{"y", 1, one}};
  RandomWeight weight;
  Expected<Manifest> written = writeImage(path, manifest, program(), weight);
  if (!written)
    return tl::unexpected(written.error());
  return {};
}

/// Megabytes that /proc/self/status gives, 0 where it does not.
double statusMegabytes(const std::string &key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string name;
    double kilobytes = 0;
    if (words >> name >> kilobytes && name == key + ":")
      return kilobytes / 1024;
  }
  return 0;
}

class Phases {
public:
  Phases() {
    malloc_trim(0);
    std::printf("%-35s %10s %10s %10s %11s\n", "node with 512 MiB of weights",
                "CPU s", "s", "own MiB", "mapped MiB");
    ownBefore = statusMegabytes("RssAnon");
    fileBefore = statusMegabytes("RssFile");
  }
  template <typename Function> void measure(const char *name, Function &&work) {
    Time time = timeOf(work);
    std::printf("%-35s %10.4f %10.4f %10.1f %11.1f\n", name, time.cpu,
                time.wall, statusMegabytes("RssAnon") - ownBefore,
                statusMegabytes("RssFile") - fileBefore);
  }

private:
  double ownBefore, fileBefore;
};

Expected<void> measureImage(const std::string &path) {
  Phases phases;
  std::optional<Expected<Image>> image;
  phases.measure("open the image", [&] { image = Image::open(path); });
  if (!*image)
    return tl::unexpected(image->error());
  Run run(std::move(**image), {});
  std::optional<Expected<vm::Machine>> made, again;
  phases.measure("check the weight, make the machine",
                 [&] { made.emplace(run.machine(run.nextNode())); });
  if (!*made)
    return tl::unexpected(made->error());
  vm::Machine &machine = **made;
  phases.measure("state hash", [&] { machine.stateHash(); });
  phases.measure("read a word of every page", [&] { machine.run(1 << 20); });
  phases.measure("state hash", [&] { machine.stateHash(); });
  phases.measure("another machine of the node",
                 [&] { again.emplace(run.machine(run.nextNode())); });
  if (!*again)
    return tl::unexpected(again->error());
  phases.measure("state hash", [&] { (*again)->stateHash(); });
  return run.completeNode(machine);
}

} // namespace

Expected<void> opml::bench::printLargeWeights() {
  namespace fs = std::filesystem;
  std::string path = fs::temp_directory_path() /
                     ("opml-bench-" + std::to_string(getpid()) + ".opml");
  Expected<void> result = writeLargeImage(path);
  if (result)
    result = measureImage(path);
  std::error_code ignored;
  fs::remove_all(path, ignored);
  return result;
}
