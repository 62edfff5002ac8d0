//===- QemuStepsTest.cpp - Every instruction from random states on qemu ---===//
//
// The states of InstructionStepsTest that a Linux process can be in run under
// qemu-mipsel, in QemuSteps/Loop.c: the instruction, a nop in its delay slot,
// and a break behind them, or whatever a branch leads to. Registers, HI, LO, pc
// and memory must be the interpreter's, and a trap the signal that Linux makes
// of it. What is left out stands in whyLeftOut and isUnpredictable.
//
//===----------------------------------------------------------------------===//

#include "DescribeRegisters.h"
#include "Nightly.h"
#include "SiteProgram.h"
#include "TestMemory.h"
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace opml::vm;
using namespace opml::vm::test;
using opml::test::isNightly;
namespace fs = std::filesystem;

namespace {

//===- As in Loop.c -------------------------------------------------------===//

constexpr size_t memoryWords = 5;

struct QemuStep {
  uint32_t pc, word, hi, lo, gpr[32];
  uint32_t address[memoryWords], content[memoryWords];
};
struct QemuOutcome {
  uint32_t signal, pc, hi, lo, gpr[32], content[memoryWords];
};

/// Data memory, as on qemu: addresses from 0 on.
constexpr unsigned memoryDepth = 8;
constexpr uint32_t memoryBytes = leafBytes << memoryDepth;

struct Range {
  uint32_t begin, end;
  bool contains(uint32_t address) const {
    return begin <= address && address < end;
  }
};
constexpr uint32_t lowCode = 0x400000;
constexpr uint32_t borderDistance = 0x1000;
constexpr Range process = {0x40001000, 0x80000000};
/// What may be mapped beside data memory: code; the loop and its stack.
constexpr Range otherMemory[] = {{lowCode, 0x404000},
                                 {0x0ffff000, 0x10001000},
                                 {0x1ffff000, 0x20001000},
                                 {0x3ffff000, 0x40001000},
                                 process};

bool isOther(uint32_t address) {
  return std::ranges::any_of(
      otherMemory, [=](const Range &range) { return range.contains(address); });
}

/// Code at low addresses goes up, out of data memory's way; at borders that a
/// process does not have, to the first one.
uint32_t movedPc(uint32_t pc) {
  if (pc < borderDistance * 4)
    return lowCode + pc;
  uint32_t border = (pc + borderDistance) & 0xf0000000;
  bool exists =
      border == 0x10000000 || border == 0x20000000 || border == 0x40000000;
  return exists ? pc : pc - border + 0x10000000;
}

//===- What a process makes of a step -------------------------------------===//

struct Expected {
  Registers first; // after the instruction
  Registers last;  // where the loop takes over again
  Bytes memory;
};

/// Nothing if that takes too long: the branch leads back to itself.
std::optional<Expected> interpretStep(const StepVector &step,
                                      const Code &code) {
  constexpr uint64_t most = 16;
  Memory memory = memoryOf(denseMemory(step.memory, step.memDepth));
  Expected expected;
  expected.first = expected.last = step.pre;
  interpret(expected.first, code, memory, 1);
  memory = memoryOf(denseMemory(step.memory, step.memDepth));
  interpret(expected.last, code, memory, most);
  expected.memory = bytesOf(memory);
  if (expected.last.status != Status::Trapped)
    return std::nullopt;
  return expected;
}

bool reachesBeyondBit31(const StepVector &step) {
  std::string_view name = mnemonic(decode(step.word).opcode);
  unsigned high = step.word >> 11 & 31, low = step.word >> 6 & 31;
  return (name == "ext" && low + high > 31) || (name == "ins" && high < low);
}

/// Empty if qemu can be asked, and has an opinion of its own.
std::string whyLeftOut(const StepVector &step, const Code &code,
                       const std::optional<Expected> &expected) {
  std::string_view name = mnemonic(decode(step.word).opcode);
  if (!isTranslatable(step.pre))
    return "not running normally";
  if (name == "syscall")
    return "system calls";
  if (name == "sc")
    return "sc without ll";
  if (reachesBeyondBit31(step))
    return "ext and ins beyond bit 31: reserved words on qemu";
  auto access = touchedWord(step.pre, code, uint64_t(1) << 32);
  if (access && isOther(*access))
    return "data where a process has something else";
  if (!expected || process.contains(expected->last.pc))
    return "branches to where no break stands";
  if (expected->last.pc % 4 != 0 && isOther(expected->last.pc))
    return "jumps to misaligned code, which qemu executes";
  return "";
}

/// One of each word of memory that matters, the accessed one among them.
void packMemory(const StepVector &step, const Code &code, QemuStep &packed) {
  SparseMemory words = step.memory;
  if (auto touched = touchedWord(step.pre, code, memoryBytes))
    words.try_emplace(*touched, 0);
  for (uint32_t unused = 0; words.size() < memoryWords; unused += 4)
    words.try_emplace(unused, 0);
  size_t i = 0;
  for (auto [address, content] : words) {
    packed.address[i] = address;
    packed.content[i++] = content;
  }
}

QemuStep pack(const StepVector &step, const Code &code) {
  QemuStep packed{step.pre.pc, step.word, step.pre.hi, step.pre.lo, {}, {}, {}};
  std::ranges::copy(step.pre.gpr, packed.gpr);
  packMemory(step, code, packed);
  return packed;
}

/// The state as qemu gets it.
StepVector moved(StepVector step) {
  uint32_t pc = movedPc(step.pre.pc);
  step.pre.nextPc += pc - step.pre.pc;
  step.pre.pc = pc;
  step.codeDepth = Memory::maxDepth;
  step.memDepth = memoryDepth;
  SparseMemory words;
  for (auto [address, content] : step.memory)
    words[address % memoryBytes] = content;
  step.memory = std::move(words);
  return step;
}

/// Linux' signals (asm/signal.h) for the causes of traps.
std::vector<uint32_t> signalsOf(uint8_t cause) {
  constexpr uint32_t sigTrap = 5, sigFpe = 8, sigBus = 10, sigSegv = 11;
  std::string_view name = causeName(cause);
  if (name.starts_with("Misaligned"))
    return {sigBus};
  if (name.ends_with("OutOfRange"))
    return {sigSegv};
  if (name == "IntegerOverflow")
    return {sigFpe};
  // Some codes of traps and breaks say that they check an arithmetic result.
  return {sigTrap, sigFpe};
}

void compare(const StepVector &step, const Expected &expected,
             const QemuStep &packed, const QemuOutcome &outcome) {
  Registers actual = expected.last; // status, cause, nextPc
  actual.pc = outcome.pc;
  actual.hi = outcome.hi;
  actual.lo = outcome.lo;
  std::ranges::copy(outcome.gpr, actual.gpr);
  EXPECT_EQ(actual, expected.last)
      << disassemble(step.word, step.pre.pc)
      << " from: " << testing::PrintToString(step.pre);
  for (size_t i = 0; i < memoryWords; ++i) {
    uint32_t content;
    std::memcpy(&content, &expected.memory[packed.address[i]], sizeof content);
    EXPECT_EQ(outcome.content[i], content)
        << disassemble(step.word, step.pre.pc) << " at " << packed.address[i];
  }
  if (expected.first.status == Status::Trapped)
    EXPECT_EQ(
        std::ranges::count(signalsOf(expected.first.cause), outcome.signal), 1)
        << "signal " << outcome.signal << " of "
        << disassemble(step.word, step.pre.pc)
        << " from: " << testing::PrintToString(step.pre);
}

//===- The test -----------------------------------------------------------===//

class QemuSteps : public testing::Test {
protected:
  void SetUp() override {
    for (const char *tool : {"clang-22", "ld.lld-22", "qemu-mipsel"})
      if (std::system(
              ("command -v " + std::string(tool) + " > /dev/null").c_str()) !=
          0)
        GTEST_SKIP() << tool << " is not installed";
    directory = fs::temp_directory_path() /
                ("opml-qemu-steps-" + std::to_string(getpid()));
    fs::create_directory(directory);
  }
  void TearDown() override {
    if (!directory.empty())
      fs::remove_all(directory);
  }

  void shell(const std::string &command) {
    ASSERT_EQ(
        std::system(("cd '" + directory.string() + "' && " + command).c_str()),
        0)
        << command;
  }
  void choose(const Encoding &encoding, uint64_t round);
  void runOnQemu();

  fs::path directory;
  std::vector<StepVector> steps;
  std::vector<Expected> expected;
  std::vector<QemuStep> packed;
  std::vector<QemuOutcome> outcomes;
  std::map<std::string, unsigned> leftOut;
};

void QemuSteps::choose(const Encoding &encoding, uint64_t round) {
  std::optional<SparseCode> code; // of the site
  unsigned chosen = 0;
  for (const StepGroup &group : instructionSteps(encoding, round))
    for (const StepVector &original : group.steps) {
      StepVector step = moved(original);
      if (steps.empty() || steps.back().pre.pc != step.pre.pc)
        code.emplace(
            SparseCode::Words{{step.pre.pc, step.word}, {step.pre.pc + 4, 0}},
            step.codeDepth, /*asProgram=*/false);
      auto outcome = interpretStep(step, code->code());
      std::string why = whyLeftOut(step, code->code(), outcome);
      if (!why.empty()) {
        ++leftOut[why];
        continue;
      }
      ++chosen;
      packed.push_back(pack(step, code->code()));
      steps.push_back(std::move(step));
      expected.push_back(std::move(*outcome));
    }
  // Of 1,008 that execute it normally.
  std::string_view name = mnemonic(encoding.opcode);
  if (name != "syscall" && name != "sc")
    EXPECT_GE(chosen, 400u) << name;
}

void QemuSteps::runOnQemu() {
  std::ofstream(directory / "steps.bin", std::ios::binary)
      .write(reinterpret_cast<const char *>(packed.data()),
             std::streamsize(packed.size() * sizeof(QemuStep)));
  ASSERT_NO_FATAL_FAILURE(
      shell("clang-22 --target=mipsel-linux-gnu -march=mips32r2 -msoft-float "
            "-mno-abicalls -fno-pic -G0 -O2 -ffreestanding -nostdlib -static "
            "-fuse-ld=lld -Wl,-z,max-page-size=4096 -T " OPML_QEMU_STEPS
            "/Loop.ld " OPML_QEMU_STEPS "/Loop.c -o loop.elf"));
  ASSERT_NO_FATAL_FAILURE(shell("qemu-mipsel loop.elf > outcomes.bin"));
  std::ifstream file(directory / "outcomes.bin", std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  outcomes.resize(bytes.size() / sizeof(QemuOutcome));
  std::memcpy(outcomes.data(), bytes.data(),
              outcomes.size() * sizeof(QemuOutcome));
}

TEST_F(QemuSteps, DoAsOurs) {
  auto spec = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(spec) << spec.error().message;
  for (uint64_t round = 0; round < (isNightly() ? 5 : 1); ++round)
    for (const Encoding &encoding : findEncodings(*spec))
      choose(encoding, round);
  ASSERT_NO_FATAL_FAILURE(runOnQemu());
  ASSERT_EQ(outcomes.size(), steps.size());
  for (size_t i = 0; i < steps.size(); ++i)
    compare(steps[i], expected[i], packed[i], outcomes[i]);
  RecordProperty("steps", std::to_string(steps.size()));
  for (const auto &[why, count] : leftOut)
    RecordProperty(why, std::to_string(count));
}

} // namespace
