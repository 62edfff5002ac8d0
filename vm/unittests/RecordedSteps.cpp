//===- RecordedSteps.cpp - SingleStepTests/r3000 --------------------------===//

#include "RecordedSteps.h"
#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

using namespace opml::vm::test;

namespace {

/// The layout is documented by the data set's own transcode_json.py.
class Reader {
public:
  explicit Reader(std::vector<char> bytes) : bytes(std::move(bytes)) {}

  template <typename T> T get() {
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    offset += sizeof(T);
    return value;
  }

  RecordedStep step() {
    constexpr size_t nameBytes = 51;
    offset += nameBytes;
    RecordedStep result;
    result.word = get<uint32_t>();
    get<uint32_t>(); // its address again
    result.before = state();
    result.after = state();
    for (uint32_t i = 0, count = get<uint32_t>(); i < count; ++i) {
      auto value = get<int64_t>();
      auto action = get<uint32_t>();
      auto address = get<int64_t>();
      auto size = get<uint32_t>();
      constexpr uint32_t write = 2, fetch = 4;
      if (action != fetch)
        result.accesses.push_back(
            {action == write, uint32_t(address), size, uint64_t(value)});
    }
    return result;
  }

private:
  RecordedState state() {
    RecordedState result{};
    for (uint32_t &gpr : result.gpr)
      gpr = get<uint32_t>();
    result.hi = get<uint32_t>();
    result.lo = get<uint32_t>();
    offset += 12; // EPC, TAR, CAUSE
    result.pc = get<uint32_t>();
    result.branchTarget = get<uint32_t>();
    result.inDelaySlot = get<uint32_t>() != 0;
    result.branchTaken = get<uint32_t>() != 0;
    result.pendingRegister = get<int32_t>();
    result.pendingValue = get<uint32_t>();
    return result;
  }

  std::vector<char> bytes;
  size_t offset = 0;
};

} // namespace

/// Clears the fields that the R3000 ignores and release 2 reserves.
static uint32_t canonicalWord(const std::string &operation, uint32_t word) {
  auto is = [&](std::initializer_list<const char *> names) {
    return std::find(names.begin(), names.end(), operation) != names.end();
  };
  constexpr uint32_t rs = 31u << 21, rt = 31u << 16, rd = 31u << 11,
                     sa = 31u << 6;
  if (is({"ADD", "SUB", "ADDU", "SUBU", "AND", "OR", "XOR", "NOR", "SLT",
          "SLTU", "SLLV", "SRLV", "SRAV"}))
    return word & ~sa;
  if (is({"SLL", "SRL", "SRA", "LUI"}))
    return word & ~rs;
  if (is({"MULT", "MULTU", "DIV", "DIVU"}))
    return word & ~(rd | sa);
  if (is({"MFHI", "MFLO"}))
    return word & ~(rs | rt | sa);
  if (is({"MTHI", "MTLO", "JR"}))
    return word & ~(rt | rd | sa);
  if (is({"JALR"}))
    return word & ~(rt | sa);
  if (is({"BLEZ", "BGTZ"}))
    return word & ~rt;
  if (is({"BCondZ"})) { // bltz, bgez, bltzal, bgezal by bits 16 and 20..17
    bool link = (word >> 17 & 0xf) == 8;
    return (word & ~rt) | (word & 1u << 16) | (link ? 1u << 20 : 0);
  }
  return word;
}

std::vector<RecordedStep>
opml::vm::test::readRecordedSteps(const std::filesystem::path &folder,
                                  const std::string &operation) {
  std::ifstream file(folder / (operation + ".json.bin"), std::ios::binary);
  if (!file)
    return {};
  Reader reader({std::istreambuf_iterator<char>(file), {}});
  std::vector<RecordedStep> steps(size_t(reader.get<int32_t>()));
  for (RecordedStep &step : steps) {
    step = reader.step();
    step.word = canonicalWord(operation, step.word);
  }
  return steps;
}
