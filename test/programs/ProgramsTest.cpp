//===- ProgramsTest.cpp - Written programs, everywhere --------------------===//
//
// Each program of source/ ends alike on qemu-mipsel and on every engine, with
// the exit status that the same program has on the host: without and with
// optimisation, and at every level if OPML_NIGHTLY is 1.
//
//===----------------------------------------------------------------------===//

#include "BareProgram.h"
#include "Nightly.h"
#include "Process.h"
#include "gtest/gtest.h"

using namespace opml::test;
namespace fs = std::filesystem;

namespace {

constexpr unsigned qemuSeconds = 60;

std::vector<std::string> optimisationLevels() {
  if (isNightly())
    return {"-O0", "-O1", "-O2", "-O3", "-Os"};
  return {"-O0", "-O2"};
}

std::vector<std::string> languageOptions(const fs::path &source) {
  if (source.extension() == ".cpp")
    return {"-fno-exceptions", "-fno-rtti"};
  return {};
}

int exitStatusOnHost(const fs::path &source, const fs::path &program) {
  std::vector<std::string> command = languageOptions(source);
  command.insert(command.begin(), "clang-22");
  command.insert(command.end(), {"-w", "-O1", "-ffp-contract=off", source,
                                 "-lm", "-o", program});
  return run(command) == 0 ? run({program}) : -1;
}

class Programs
    : public testing::TestWithParam<std::tuple<const char *, std::string>> {};

TEST_P(Programs, EndAlikeEverywhere) {
  std::string missing = missingTools({"clang-22", "qemu-mipsel"});
  if (!missing.empty())
    GTEST_SKIP() << "not installed: " << missing;
  auto [name, level] = GetParam();
  fs::path source = fs::path(OPML_PROGRAMS_DIR) / name;
  TempDirectory directory;
  fs::path program = directory.path() / "program.elf";
  std::vector<std::string> options = languageOptions(source);
  options.insert(options.end(), {level, "-Wall", "-Wextra", "-Werror"});
  ASSERT_TRUE(compile(source, options, program));
  std::optional<Ending> ending = expectSameEnding(program, qemuSeconds);
  ASSERT_TRUE(ending);
  EXPECT_FALSE(ending->trapped);
  EXPECT_EQ(ending->exitStatus,
            exitStatusOnHost(source, directory.path() / "program"));
}

INSTANTIATE_TEST_SUITE_P(
    Source, Programs,
    testing::Combine(testing::Values("Atomics.c", "Classes.cpp",
                                     "CodeAddresses.c", "Constructors.c",
                                     "Division64.c", "DoubleFloat.c",
                                     "Integers.c", "LargeArrays.c",
                                     "MemoryFunctions.c", "Recursion.c",
                                     "SingleFloat.c", "Strings.c", "Structs.c",
                                     "Varargs.c"),
                     testing::ValuesIn(optimisationLevels())),
    [](const auto &test) {
      std::string name =
          std::string(std::get<0>(test.param)) + std::get<1>(test.param);
      std::erase_if(name, [](char c) { return !std::isalnum(c); });
      return name;
    });

} // namespace
