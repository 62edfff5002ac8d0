//===- CsmithTest.cpp - Random C programs, everywhere ---------------------===//
//
// csmith's programs, each at one of the optimisation levels, end alike on
// qemu-mipsel, the interpreter and the translator: exit code, registers and
// all of the program's memory. 30 small programs; if OPML_NIGHTLY is 1, 300 of
// csmith's usual size.
//
//===----------------------------------------------------------------------===//

#include "BareProgram.h"
#include "Nightly.h"
#include "Process.h"
#include "gtest/gtest.h"
#include <fstream>

using namespace opml::test;
namespace fs = std::filesystem;

namespace {

constexpr unsigned csmithSeconds = 10;
constexpr unsigned qemuSeconds = 1;
/// Some programs do next to nothing.
constexpr uintmax_t leastCodeBytes = 4096;
constexpr const char *levels[] = {"-O0", "-O1", "-O2", "-O3", "-Os"};

bool generate(unsigned seed, const fs::path &source) {
  std::vector<std::string> command = {
      "csmith", "--seed",    std::to_string(seed), "--output",
      source,   "--no-argc", "--concise",          "--builtins"};
  if (seed % 2)
    command.push_back("--float");
  if (!isNightly())
    command.insert(command.end(),
                   {"--max-funcs", "4", "--max-block-depth", "3"});
  // What the programs are for; csmith would write the host's sizes there.
  std::ofstream(source.parent_path() / "platform.info")
      << "integer size = 4\npointer size = 4\n";
  return run(command, csmithSeconds, source.parent_path()) == 0;
}

/// Compiles at the level that goes with the seed.
bool compileAtLevel(unsigned seed, const fs::path &source,
                    const fs::path &program) {
  return compile(source,
                 {levels[seed % std::size(levels)], "-w",
                  // csmith's own mistake, where there are floats.
                  "-Wno-incompatible-pointer-types",
                  std::string("-I") + OPML_CSMITH_DIR, "-I/usr/include/csmith"},
                 program);
}

class Csmith : public testing::TestWithParam<unsigned> {};

/// Some seeds keep csmith busy for minutes, and some programs are tiny or do
/// not end: such a seed is left out for the next one of the same series.
TEST_P(Csmith, EndsAlikeEverywhere) {
  std::string missing = missingTools({"clang-22", "csmith", "qemu-mipsel"});
  if (!missing.empty())
    GTEST_SKIP() << "not installed: " << missing;
  TempDirectory directory;
  fs::path source = directory.path() / "program.c";
  fs::path program = directory.path() / "program.elf";
  for (unsigned attempt = 0; attempt < 30; ++attempt) {
    unsigned seed = 1009 * GetParam() + attempt;
    SCOPED_TRACE("csmith --seed " + std::to_string(seed));
    if (!generate(seed, source))
      continue;
    ASSERT_TRUE(compileAtLevel(seed, source, program));
    if (codeBytes(program) >= leastCodeBytes &&
        expectSameEnding(program, qemuSeconds))
      return;
  }
  FAIL() << "no seed of the series gives a program that ends";
}

INSTANTIATE_TEST_SUITE_P(Programs, Csmith,
                         testing::Range(0u, isNightly() ? 300u : 30u));

} // namespace
