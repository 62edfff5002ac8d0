//===- TrapsTest.cpp - Instructions that may trap, everywhere -------------===//
//
// Short random sequences of instructions that trap on some operands, over edge
// operands, in and out of delay slots: where qemu-mipsel raises a signal, the
// engines trap, with the same registers and memory. 100 sequences; 2,000 if
// OPML_NIGHTLY is 1.
//
//===----------------------------------------------------------------------===//

#include "BareProgram.h"
#include "Nightly.h"
#include "Process.h"
#include "gtest/gtest.h"
#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

using namespace opml::test;
namespace fs = std::filesystem;

namespace {

constexpr unsigned qemuSeconds = 10;
constexpr uint32_t codeAddress = 0x10000; // in bare.ld
constexpr uint32_t blockBytes = 512;

/// Writes one file with a block of `blockBytes` for each sequence, which ends
/// at a common exit.
class Generator {
public:
  std::string program(unsigned blocks) {
    out << ".set noreorder\n.set noat\n.set nomacro\n.text\n.globl _start\n"
           "_start:\n";
    for (unsigned i = 0; i < blocks; ++i)
      block();
    out << "exit: addiu $2, $zero, 4001\n syscall\n.data\n.balign 64\n"
           "buffer: .space 256, 0x5a\n";
    return out.str();
  }

private:
  unsigned below(unsigned n) { return random() % n; }
  std::string any() { return "$" + std::to_string(below(16)); }
  std::string destination() { return "$" + std::to_string(1 + below(15)); }

  template <size_t N> const char *pick(const char *const (&names)[N]) {
    return names[below(N)];
  }

  uint32_t edge() {
    static const uint32_t edges[] = {
        0,      1,          2,          0x7fff,     0x8000,
        0xffff, 0x7fffffff, 0x80000000, 0x80000001, ~0u,
        ~1u,    0x40000000, 0xc0000000, 0xffff8000};
    return below(4) ? edges[below(std::size(edges))] : uint32_t(random());
  }

  void block() {
    out << ".balign " << blockBytes << "\n lui $28, %hi(buffer)\n"
        << " addiu $28, $28, %lo(buffer)\n move $29, $zero\n";
    for (int r = 1; r < 16; ++r) {
      uint32_t value = edge();
      out << " lui $" << r << ", " << (value >> 16) << "\n ori $" << r << ", $"
          << r << ", " << (value & 0xffff) << "\n";
    }
    for (int i = 0; i < 8; ++i) {
      if (below(4) == 0)
        out << " b .+8\n"; // what follows is its delay slot
      statement();
    }
    out << " j exit\n nop\n";
  }

  void statement() {
    unsigned offset = below(252);
    switch (below(8)) {
    case 0:
    case 1:
      out << " " << pick({"add", "sub"}) << " " << destination() << ", "
          << any() << ", " << any() << "\n";
      return;
    case 2:
      out << " addi " << destination() << ", " << any() << ", "
          << int16_t(edge()) << "\n";
      return;
    case 3:
      out << " " << pick({"teq", "tne", "tge", "tgeu", "tlt", "tltu"}) << " "
          << any() << ", " << any() << "\n";
      return;
    case 4:
      out << " " << pick({"teqi", "tnei", "tgei", "tgeiu", "tlti", "tltiu"})
          << " " << any() << ", " << int16_t(edge()) << "\n";
      return;
    case 5:
      out << " " << pick({"lw", "lh", "lhu", "ll"}) << " " << destination()
          << ", " << offset << "($28)\n";
      return;
    case 6:
      out << " " << pick({"sw", "sh"}) << " " << any() << ", " << offset
          << "($28)\n";
      return;
    default:
      if (below(4) == 0)
        out << " break " << below(1024) << "\n";
      else if (below(8) == 0)
        out << " .word " << reserved[below(std::size(reserved))] << "\n";
      else
        out << " addu " << destination() << ", " << any() << ", " << any()
            << "\n";
    }
  }

  /// Not 5: qemu takes that word for a call of a monitor, which does nothing.
  static constexpr uint32_t reserved[] = {0xffffffff, 0x0000000e, 0x04040000,
                                          0x7c00003f};
  std::mt19937 random{1};
  std::ostringstream out;
};

unsigned sequences() { return isNightly() ? 2000 : 100; }

TEST(Traps, EndAlikeEverywhere) {
  std::string missing = missingTools({"clang-22", "qemu-mipsel"});
  if (!missing.empty())
    GTEST_SKIP() << "not installed: " << missing;
  TempDirectory directory;
  fs::path source = directory.path() / "program.s";
  fs::path program = directory.path() / "program.elf";
  std::ofstream(source) << Generator().program(sequences());
  ASSERT_TRUE(compile(source, {"-nostartfiles"}, program));

  std::ifstream stream(program, std::ios::binary);
  std::vector<char> file{std::istreambuf_iterator<char>(stream), {}};
  unsigned trapped = 0;
  for (unsigned i = 0; i < sequences() && !HasFailure(); ++i) {
    Elf32_Ehdr header;
    std::memcpy(&header, file.data(), sizeof header);
    header.e_entry = codeAddress + blockBytes * i;
    std::memcpy(file.data(), &header, sizeof header);
    std::ofstream(program, std::ios::binary)
        .write(file.data(), std::streamsize(file.size()));
    SCOPED_TRACE("sequence " + std::to_string(i));
    std::optional<Ending> ending = expectSameEnding(program, qemuSeconds);
    ASSERT_TRUE(ending);
    trapped += ending->trapped;
  }
  // Both are common.
  EXPECT_GT(trapped, sequences() / 4);
  EXPECT_LT(trapped, sequences());
}

} // namespace
