//===- QemuTest.cpp - Every engine against qemu-mipsel --------------------===//
//
// Random instruction sequences over edge operands are assembled by clang (so
// the encodings are an outsider's, too), run by qemu-mipsel and by each
// engine from the same ELF file, and must leave the same registers, HI,
// LO and memory. The guest dumps them with a write system call, at which our
// machine traps.
//
//===----------------------------------------------------------------------===//

#include "Nightly.h"
#include "TestEngines.h"
#include "opml/vm/Machine.h"
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <unistd.h>

using namespace opml;
using namespace opml::vm;
using opml::vm::test::createEngine;
namespace fs = std::filesystem;

namespace {

constexpr unsigned bufferBytes = 256; // of random data, at $gp
constexpr unsigned dumpedBytes = bufferBytes + 4 * 34;
constexpr unsigned memoryDepth = 19; // 16 MiB hold the file's addresses

/// Writes assembly. $gp and $fp are left alone: they point to the data.
class Generator {
public:
  explicit Generator(uint32_t seed) : random(seed) {}

  std::string program(int length) {
    out << ".set noreorder\n.set noat\n.set nomacro\n.text\n.globl "
           "__start\n__start:\n"
        << " lui $28, %hi(buffer)\n addiu $28, $28, %lo(buffer)\n";
    for (int r = 1; r < 32; ++r)
      if (isUsable(r))
        constant(r);
    out << " mthi $8\n mtlo $9\n";
    for (int i = 0; i < length; ++i)
      statement();
    finish();
    return out.str();
  }

private:
  static bool isUsable(int r) { return r != 28 && r != 30; }
  unsigned below(unsigned n) { return random() % n; }
  int destination() {
    int r;
    do
      r = below(32);
    while (!isUsable(r));
    return r;
  }
  std::string reg(int r) { return "$" + std::to_string(r); }
  std::string any() { return reg(below(32)); }
  std::string dest() { return reg(destination()); }

  uint32_t edge() {
    static const uint32_t edges[] = {
        0,          1,          2,      31,     32,     33,        0x7f,
        0x80,       0xff,       0x7fff, 0x8000, 0xffff, 0x10000,   0x7fffffff,
        0x80000000, 0x80000001, ~0u,    ~1u,    ~31u,   0xffff8000};
    return below(4) ? edges[below(std::size(edges))] : uint32_t(random());
  }
  void constant(int r) {
    uint32_t value = edge();
    out << " lui " << reg(r) << ", " << (value >> 16) << "\n ori " << reg(r)
        << ", " << reg(r) << ", " << (value & 0xffff) << "\n";
  }

  template <size_t N> const char *pick(const char *const (&names)[N]) {
    return names[below(N)];
  }

  void statement() {
    switch (below(16)) {
    case 0:
    case 1:
      constant(destination());
      return;
    case 2:
    case 3:
      branch();
      return;
    case 4:
      withoutEffect();
      return;
    case 5:
      linked();
      return;
    default:
      simple();
    }
  }

  /// One instruction without a delay slot.
  void simple() {
    out << " ";
    switch (below(8)) {
    case 0:
    case 1:
      out << pick({"addu", "subu", "and", "or", "xor", "nor", "slt", "sltu",
                   "sllv", "srlv", "srav", "rotrv", "mul", "movz", "movn"})
          << " " << dest() << ", " << any() << ", " << any();
      break;
    case 2:
      immediate();
      break;
    case 3:
      out << pick({"sll", "srl", "sra", "rotr"}) << " " << dest() << ", "
          << any() << ", " << below(32);
      break;
    case 4:
      out << pick({"mult ", "multu ", "madd ", "maddu ", "msub ", "msubu ",
                   "div $zero, ", "divu $zero, "})
          << any() << ", " << any();
      break;
    case 5:
      if (below(2))
        out << pick({"mfhi", "mflo"}) << " " << dest();
      else
        out << pick({"mthi", "mtlo"}) << " " << any();
      break;
    case 6:
      bitField();
      break;
    case 7:
      memory();
      break;
    }
    out << "\n";
  }

  /// Traps that are not taken, barriers, hints.
  void withoutEffect() {
    std::string r = any();
    switch (below(4)) {
    case 0:
      out << " " << pick({"tne", "tlt", "tltu"}) << " " << r << ", " << r;
      break;
    case 1:
      out << " sync " << below(32);
      break;
    case 2:
      out << " pref " << below(30) << ", " << int16_t(edge()) << "($28)";
      break;
    case 3:
      out << pick({" synci 0($28)", " ehb", " ssnop", " nop"});
    }
    out << "\n";
  }

  /// sc succeeds after ll of the same word.
  void linked() {
    unsigned offset = below(bufferBytes) & ~3u;
    out << " ll " << dest() << ", " << offset << "($28)\n sc " << dest() << ", "
        << offset << "($28)\n";
  }

  void immediate() {
    if (below(2))
      out << pick({"addiu", "slti", "sltiu"}) << " " << dest() << ", " << any()
          << ", " << int16_t(edge());
    else
      out << pick({"andi", "ori", "xori"}) << " " << dest() << ", " << any()
          << ", " << (edge() & 0xffff);
  }

  void bitField() {
    unsigned position = below(32), size = 1 + below(32 - position);
    switch (below(3)) {
    case 0:
      out << pick({"ext", "ins"}) << " " << dest() << ", " << any() << ", "
          << position << ", " << size;
      return;
    default:
      out << pick({"clz", "clo", "seb", "seh", "wsbh"}) << " " << dest() << ", "
          << any();
    }
  }

  void memory() {
    unsigned offset = below(bufferBytes);
    switch (below(3)) {
    case 0:
      out << pick({"lb", "lbu", "lwl", "lwr"}) << " " << dest();
      break;
    case 1:
      out << pick({"sb", "swl", "swr"}) << " " << any();
      break;
    default:
      if (below(2)) {
        offset &= ~3u;
        out << pick({"lw ", "sw "}) << dest();
      } else {
        offset &= ~1u;
        out << pick({"lh ", "lhu ", "sh "}) << dest();
      }
    }
    out << ", " << offset << "($28)";
  }

  /// A forward branch or jump, its delay slot, and an instruction to skip.
  void branch() {
    std::string label = "L" + std::to_string(labels++);
    switch (below(4)) {
    case 0:
      out << " " << pick({"beq", "bne", "beql", "bnel"}) << " " << any() << ", "
          << any() << ", " << label << "\n";
      break;
    case 1: {
      // $31 as the operand of a linking branch is UNPREDICTABLE.
      out << " "
          << pick({"blez", "bgtz", "bltz", "bgez", "bltzal", "bgezal", "blezl",
                   "bgtzl", "bltzl", "bgezl", "bltzall", "bgezall"})
          << " " << reg(below(31)) << ", " << label << "\n";
      break;
    }
    case 2:
      out << " " << pick({"j", "jal"}) << " " << label << "\n";
      break;
    case 3: {
      int target = 1 + below(27), link = 1 + (target + below(26)) % 27;
      out << " lui " << reg(target) << ", %hi(" << label << ")\n addiu "
          << reg(target) << ", " << reg(target) << ", %lo(" << label << ")\n";
      if (below(2) || link == target)
        out << " " << pick({"jr", "jr.hb"}) << " " << reg(target) << "\n";
      else
        out << " " << pick({"jalr", "jalr.hb"}) << " " << reg(link) << ", "
            << reg(target) << "\n";
    }
    }
    simple();
    simple();
    out << label << ":\n";
  }

  void finish() {
    out << " lui $30, %hi(dump)\n addiu $30, $30, %lo(dump)\n";
    for (int r = 0; r < 32; ++r)
      out << " sw " << reg(r) << ", " << 4 * r << "($30)\n";
    out << " mfhi $8\n sw $8, 128($30)\n mflo $8\n sw $8, 132($30)\n"
        << " addiu $2, $zero, 4004\n addiu $4, $zero, 1\n move $5, $28\n"
        << " addiu $6, $zero, " << dumpedBytes << "\n syscall\n"
        << " addiu $2, $zero, 4001\n move $4, $zero\n syscall\n"
        << ".data\n.balign 64\n.globl buffer\nbuffer:\n";
    for (unsigned i = 0; i < bufferBytes / 4; ++i)
      out << " .word " << edge() << "\n";
    out << "dump: .space 136\n";
  }

  std::mt19937 random;
  std::ostringstream out;
  unsigned labels = 0;
};

bool hasTool(const char *name) {
  return std::system(
             ("command -v " + std::string(name) + " > /dev/null").c_str()) == 0;
}

std::vector<uint8_t> readFile(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Qemu : public testing::TestWithParam<uint32_t> {
protected:
  void SetUp() override {
    for (const char *tool : {"clang-22", "ld.lld-22", "qemu-mipsel"})
      if (!hasTool(tool))
        GTEST_SKIP() << tool << " is not installed";
    directory =
        fs::temp_directory_path() / ("opml-qemu-" + std::to_string(getpid()) +
                                     "-" + std::to_string(GetParam()));
    fs::create_directory(directory);
  }
  void TearDown() override {
    if (!directory.empty() && !HasFailure())
      fs::remove_all(directory);
  }

  void shell(const std::string &command) {
    ASSERT_EQ(
        std::system(("cd '" + directory.string() + "' && " + command).c_str()),
        0)
        << command << " in " << directory;
  }

  Machine machine() const {
    Expected<Machine> result = Machine::start(program, memoryDepth);
    EXPECT_TRUE(result) << result.error().message;
    return std::move(*result);
  }

  /// The machine has dumped what qemu has written.
  static void compare(const Machine &machine,
                      const std::vector<uint8_t> &expected);

  fs::path directory;
  std::shared_ptr<const Program> program;
};

TEST_P(Qemu, leavesTheSameRegistersAndMemory) {
  std::ofstream(directory / "program.s") << Generator(GetParam()).program(3000);
  ASSERT_NO_FATAL_FAILURE(
      shell("clang-22 --target=mipsel-linux-gnu -march=mips32r2 -msoft-float "
            "-mno-abicalls -fno-pic -w -c program.s -o program.o"));
  ASSERT_NO_FATAL_FAILURE(
      shell("ld.lld-22 -z separate-code -Ttext=0x20000 -Tdata=0x400000 "
            "-e __start program.o -o program.elf"));
  ASSERT_NO_FATAL_FAILURE(shell("qemu-mipsel program.elf > expected.bin"));
  std::vector<uint8_t> expected = readFile(directory / "expected.bin");
  ASSERT_EQ(expected.size(), dumpedBytes);

  auto read = Program::fromElf(readFile(directory / "program.elf"));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  program = std::make_shared<Program>(std::move(*read));
  std::unique_ptr<Engine> interpreter = createEngine("interp", program->code());
  std::unique_ptr<Engine> translator = createEngine("jit", program->code());
  uint64_t steps = 0;
  for (Engine *engine : {interpreter.get(), translator.get()}) {
    Machine machine = this->machine();
    steps = machine.run(1'000'000, *engine);
    compare(machine, expected);
  }

  // And the same state as each other on the way.
  std::mt19937 random(GetParam());
  for (int i = 0; i < 24; ++i) {
    uint64_t limit = random() % steps;
    Machine one = machine(), other = machine();
    EXPECT_EQ(one.run(limit, *interpreter), limit);
    EXPECT_EQ(other.run(limit, *translator), limit);
    EXPECT_EQ(one.stateHash(), other.stateHash()) << limit << " steps";
  }
}

void Qemu::compare(const Machine &machine,
                   const std::vector<uint8_t> &expected) {
  ASSERT_EQ(machine.registers().status, Status::Trapped);
  ASSERT_EQ(machine.registers().gpr[2], 4004u)
      << "trapped before the write call at pc " << machine.registers().pc
      << ", cause " << int(machine.registers().cause);

  auto actual = machine.dataMemory().bytes().subspan(machine.registers().gpr[5],
                                                     dumpedBytes);
  for (unsigned i = 0; i < dumpedBytes; i += 4) {
    uint32_t ours, theirs;
    std::memcpy(&ours, actual.data() + i, 4);
    std::memcpy(&theirs, expected.data() + i, 4);
    EXPECT_EQ(ours, theirs)
        << (i < bufferBytes ? "buffer word " : "register ")
        << (i < bufferBytes ? i / 4 : (i - bufferBytes) / 4);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Qemu,
                         testing::Range(1u,
                                        opml::test::isNightly() ? 101u : 17u));

} // namespace
