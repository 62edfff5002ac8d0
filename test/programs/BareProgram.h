//===- BareProgram.h - A C program, run everywhere --------------*- C++ -*-===//

#ifndef OPML_TEST_PROGRAMS_BAREPROGRAM_H
#define OPML_TEST_PROGRAMS_BAREPROGRAM_H

#include "../../vm/unittests/Nightly.h"
#include "opml/vm/Machine.h"
#include <filesystem>

namespace opml::test {

/// Those of the tools that are not on PATH, separated by spaces.
std::string missingTools(const std::vector<std::string> &tools);

/// A directory of its own in the system's temporary one, removed at the end of
/// a test that has not failed.
class TempDirectory {
public:
  TempDirectory();
  ~TempDirectory();
  TempDirectory(const TempDirectory &) = delete;
  TempDirectory &operator=(const TempDirectory &) = delete;
  const std::filesystem::path &path() const { return directory; }

private:
  std::filesystem::path directory;
};

/// Compiles `source` as docs/bare-programs.md says, with more options.
bool compile(const std::filesystem::path &source,
             const std::vector<std::string> &options,
             const std::filesystem::path &program);

/// Size of a program's code; 0 if the file is none.
size_t codeBytes(const std::filesystem::path &file);

/// What a program leaves behind where it exits, or where it traps.
struct Ending {
  bool trapped = false;
  vm::Registers registers; // gpr, hi, lo and pc
  /// Contents of the program's data segments, in the file's order.
  std::vector<std::vector<uint8_t>> memory;
  int exitStatus = -1; // of one that has not trapped
};

/// What qemu-mipsel makes of it; nothing if it does not end within the
/// processor time.
Expected<std::optional<Ending>> runQemu(const std::filesystem::path &file,
                                        const vm::Program &program,
                                        unsigned cpuSeconds);

/// What the engine of that name (--engine) makes of it; an error if it does not
/// end within maxSteps.
Expected<Ending> runEngine(std::string_view engine,
                           const std::shared_ptr<const vm::Program> &program,
                           uint64_t maxSteps);

/// Runs a compiled program on qemu-mipsel and on each engine, and expects the
/// same ending. Returns qemu's, or nothing if qemu does not end within the
/// processor time.
std::optional<Ending> expectSameEnding(const std::filesystem::path &file,
                                       unsigned cpuSeconds);

} // namespace opml::test

#endif // OPML_TEST_PROGRAMS_BAREPROGRAM_H
