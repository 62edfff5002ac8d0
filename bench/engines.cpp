//===- engines.cpp - Interpreter, translator and qemu-mipsel compared -----===//
//
// One ELF file, three ways of running it, in one run: each program is run by
// each in turn, several times, and the fastest time of each counts: seconds of
// the processor, since others may use the machine. The translator's first run
// compiles, the later ones find its code in the cache; qemu's include its
// start.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Machine.h"
#include "opml/vm/Translator.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace opml;
using namespace opml::vm;

namespace {

constexpr unsigned memoryDepth = 26; // 2 GiB, as in opml-vm exec

struct Outcome {
  double seconds = 0;
  uint64_t steps = 0;
  int exitCode = -1;
};

/// Of this process or of those that it has waited for.
double processorSeconds(int who) {
  rusage usage{};
  getrusage(who, &usage);
  auto seconds = [](const timeval &time) {
    return double(time.tv_sec) + 1e-6 * double(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Expected<std::shared_ptr<const Program>> readProgram(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
  Expected<Program> program = Program::fromElf(bytes);
  if (!program)
    return makeError("'" + path + "': " + program.error().message);
  return std::make_shared<const Program>(std::move(*program));
}

/// On the translator with that cache, on the interpreter where there is none.
Expected<Outcome> runHere(const std::shared_ptr<const Program> &program,
                          const std::filesystem::path &cache) {
  Expected<Machine> machine = Machine::start(program, memoryDepth);
  if (!machine)
    return tl::unexpected(machine.error());
  double start = processorSeconds(RUSAGE_SELF);
  Outcome outcome;
  if (!cache.empty()) {
    auto translator =
        Translator::create(program->code(), {.cache = cache, .onFailure = {}});
    if (!translator)
      return tl::unexpected(translator.error());
    outcome.steps = machine->run(UINT64_MAX, **translator);
  } else {
    outcome.steps = machine->run(UINT64_MAX);
  }
  outcome.seconds = processorSeconds(RUSAGE_SELF) - start;
  if (machine->registers().status != Status::Halted)
    return makeError("trapped: " + machine->describeTrap());
  outcome.exitCode = int(machine->registers().gpr[4] & 0xff);
  return outcome;
}

Outcome runQemu(const std::string &path) {
  double start = processorSeconds(RUSAGE_CHILDREN);
  int status = std::system(("qemu-mipsel '" + path + "'").c_str());
  return {processorSeconds(RUSAGE_CHILDREN) - start, 0,
          WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

/// A directory that lasts as long as this does.
class TemporaryDirectory {
public:
  TemporaryDirectory() {
    std::string pattern =
        std::filesystem::temp_directory_path() / "opml-bench-XXXXXX";
    if (mkdtemp(pattern.data()))
      path = pattern;
  }
  TemporaryDirectory(const TemporaryDirectory &) = delete;
  TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    if (!path.empty())
      std::filesystem::remove_all(path, ignored);
  }

  std::filesystem::path path; // empty if it could not be made
};

/// The fastest of several runs, but for the first of the translator, which
/// compiles; all must end alike.
Expected<void> benchmark(const std::string &path) {
  auto program = readProgram(path);
  if (!program)
    return tl::unexpected(program.error());
  TemporaryDirectory cache;
  if (cache.path.empty())
    return makeError("cannot make a directory for temporary files");
  constexpr int repetitions = 4;
  constexpr double never = 1e9;
  double interpreted = never, first = never, translated = never, qemu = never;
  uint64_t steps = 0;
  for (int i = 0; i < repetitions; ++i) {
    Expected<Outcome> ours = runHere(*program, {});
    if (!ours)
      return tl::unexpected(ours.error());
    Expected<Outcome> fast = runHere(*program, cache.path);
    if (!fast)
      return tl::unexpected(fast.error());
    Outcome theirs = runQemu(path);
    if (ours->steps != fast->steps || ours->exitCode != fast->exitCode ||
        ours->exitCode != theirs.exitCode)
      return makeError("'" + path + "': the engines disagree");
    steps = ours->steps;
    interpreted = std::min(interpreted, ours->seconds);
    double &slot = i == 0 ? first : translated;
    slot = std::min(slot, fast->seconds);
    qemu = std::min(qemu, theirs.seconds);
  }
  std::string name = path.substr(path.rfind('/') + 1);
  std::printf("%-24s %7.1f %9.3f %9.3f %9.3f %9.3f %11.2f %10.2f %9.2f\n",
              name.c_str(), double(steps) / 1e6, interpreted, first, translated,
              qemu, qemu / interpreted, qemu / first, qemu / translated);
  return {};
}

} // namespace

int main(int argc, char **argv) {
  if (argc > 1 && argv[1][0] == '-') {
    std::printf("usage: opml-bench-engines [PROGRAM.elf...]\n"
                "Runs bare programs, by default the benchmarks of bench/guest, "
                "on the\ninterpreter, the translator and qemu-mipsel: seconds, "
                "and speed as a multiple\nof qemu's.\n");
    return std::strcmp(argv[1], "--help") == 0 ? 0 : 2;
  }
  std::vector<std::string> paths(argv + 1, argv + argc);
  if (paths.empty())
    for (std::string list = OPML_BENCH_PROGRAMS; !list.empty();) {
      size_t comma = std::min(list.find(','), list.size());
      paths.push_back(list.substr(0, comma));
      list.erase(0, comma + 1);
    }
  std::printf("%-24s %7s %9s %9s %9s %9s %11s %10s %9s\n", "program", "Msteps",
              "interp/s", "first/s", "jit/s", "qemu/s", "interp/qemu",
              "first/qemu", "jit/qemu");
  for (const std::string &path : paths)
    if (auto ok = benchmark(path); !ok) {
      std::fprintf(stderr, "error: %s\n", ok.error().message.c_str());
      return 1;
    }
  return 0;
}
