//===- opml-bench-replay.cpp - State hashes beside a plain run ------------===//
//
// A trace of 10^9 steps: one plain run by the translator, compilation
// included, against state hashes at random steps and the whole descent of a
// dispute. Everything is repeated in turn, in one run; medians.
//
//===----------------------------------------------------------------------===//

#include "Subjects.h"
#include "opml/vm/Translator.h"
#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <malloc.h>
#include <random>
#include <thread>

using namespace opml;
using namespace opml::bench;
using namespace opml::vm;

namespace {

constexpr uint64_t traceSteps = 1'000'000'000;
constexpr uint32_t k = 16; // as the contract has it
constexpr uint64_t repetitions = 7;
constexpr int warmQuestions = 10; // each repetition

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + values.size() / 2);
  return values[values.size() / 2];
}

std::unique_ptr<Engine> engineFor(const Machine &machine) {
  return orExit(Translator::create(machine.code().code()));
}

std::unique_ptr<Replay> replayOf(const Subject &subject) {
  Machine machine = subject.start();
  auto engine = engineFor(machine);
  return std::make_unique<Replay>(std::move(machine), std::move(engine),
                                  subject.options);
}

double plainRun(const Subject &subject) {
  auto begin = Clock::now();
  Machine machine = subject.start();
  std::unique_ptr<Engine> engine = engineFor(machine);
  if (machine.run(traceSteps, *engine) != traceSteps)
    orExit<int>(makeError(subject.name + ": the trace is too short"));
  return secondsSince(begin);
}

double stateHash(Replay &replay, uint64_t step) {
  auto begin = Clock::now();
  orExit(replay.stateHash(step));
  return secondsSince(begin);
}

/// All sections down to one step, and its witness.
double descent(Replay &replay, uint64_t step) {
  auto begin = Clock::now();
  uint64_t from = 0, to = traceSteps;
  while (to - from > 1) {
    orExit(replay.section(from, to, k));
    uint32_t part = 1;
    while (sectionEnd(from, to, k, part) <= step)
      ++part;
    uint64_t first = sectionEnd(from, to, k, part - 1);
    to = sectionEnd(from, to, k, part);
    from = first;
  }
  orExit(replay.witness(from));
  return secondsSince(begin);
}

/// What the process has of memory that no file backs, in MiB.
double ownMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;)
    if (name == "RssAnon:") {
      double kilobytes = 0;
      status >> kilobytes;
      return kilobytes / 1024;
    }
  return 0;
}

/// The most of it while this lives, beyond what there was before.
class PeakMemory {
public:
  PeakMemory()
      : before(ownMemory()), watcher([this] {
          while (!done) {
            peak = std::max(peak, ownMemory());
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
          }
        }) {}
  double finish() {
    done = true;
    watcher.join();
    return peak - before;
  }

private:
  double before, peak = 0;
  std::atomic<bool> done = false;
  std::thread watcher;
};

void benchmark(const Subject &subject) {
  std::mt19937_64 random(1);
  auto anyStep = [&] { return random() % traceSteps; };
  // One of each repetition's part of the trace, so that the median is that of
  // steps spread evenly.
  auto stepOf = [&](uint64_t repetition) {
    return (traceSteps * repetition + anyStep()) / repetitions;
  };
  std::vector<double> plain, cold, warm, descents;
  double peak = 0;
  for (uint64_t i = 0; i < repetitions; ++i) {
    plain.push_back(plainRun(subject));
    cold.push_back(stateHash(*replayOf(subject), stepOf(i)));
    auto known = replayOf(subject);
    orExit(known->stateHash(traceSteps));
    for (int j = 0; j < warmQuestions; ++j)
      warm.push_back(stateHash(*known, anyStep()));
    known.reset();
    malloc_trim(0);
    PeakMemory memory;
    descents.push_back(descent(*replayOf(subject), stepOf(i)));
    peak = std::max(peak, memory.finish());
  }
  double unit = median(plain);
  std::printf("%-20s %8.3f %7.2f %8.4f %9.4f %8.2f %8.2f %9.0f\n",
              subject.name.c_str(), unit, median(cold) / unit,
              median(warm) / unit, *std::ranges::max_element(warm) / unit,
              median(descents) / unit,
              *std::ranges::max_element(descents) / unit, peak);
}

/// A folder that is removed at the end.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string pattern =
        std::filesystem::temp_directory_path() / "opml-bench-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  std::string path;
};

} // namespace

static constexpr const char *usage =
    "usage: opml-bench-replay [IMAGE NODE]\n"
    "Times state hashes and whole disputes (k = 16) over traces of 10^9 steps, "
    "as\nmultiples of one plain run of the translator, and how much memory a "
    "dispute\ntakes beside mapped files: of a node of an image on random "
    "inputs "
    "between -1 and 1,\nor of three programs, which takes a minute and 512 MiB "
    "of temporary files.\n";

int main(int argc, char **argv) {
  bool help = argc == 2 && std::strcmp(argv[1], "--help") == 0;
  if (help || (argc != 1 && argc != 3)) {
    std::fputs(usage, help ? stdout : stderr);
    return help ? 0 : 2;
  }
  std::printf("%-20s %8s %7s %8s %9s %8s %8s %9s\n", "program", "plain/s",
              "cold", "warm", "warm max", "descent", "max", "peak MiB");
  if (argc == 3) {
    benchmark(
        nodeOfImage(argv[1], uint32_t(std::strtoul(argv[2], nullptr, 10))));
    return 0;
  }
  for (const char *name : {"LargeFloatMatrix", "Sweep"})
    benchmark(guestProgram(name));
  TemporaryFolder folder;
  for (const Subject &subject : nodeWithLargeWeights(folder.path))
    benchmark(subject);
  return 0;
}
