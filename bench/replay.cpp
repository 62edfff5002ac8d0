//===- replay.cpp - What state hashes cost beside a plain run -------------===//
//
// A trace of 10^9 steps: one plain run by the translator, compilation
// included, against state hashes at random steps and the whole descent of a
// dispute. Everything is repeated in turn, in one run; medians.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Replay.h"
#include "opml/vm/Translator.h"
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

using namespace opml;
using namespace opml::vm;

namespace {

constexpr unsigned memoryDepth = 26; // 2 GiB, as in opml-vm exec
constexpr uint64_t traceSteps = 1'000'000'000;
constexpr uint32_t k = 16;
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

/// A failure here is the benchmark's own.
template <typename T> T orExit(Expected<T> value) {
  if (!value) {
    std::fprintf(stderr, "error: %s\n", value.error().message.c_str());
    std::exit(1);
  }
  return std::move(*value);
}

class Subject {
public:
  explicit Subject(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    program = std::make_shared<const Program>(orExit(Program::fromElf(bytes)));
  }

  Machine start() const { return orExit(Machine::start(program, memoryDepth)); }
  std::unique_ptr<Engine> engine() const {
    return orExit(Translator::create(program->code()));
  }
  std::unique_ptr<Replay> replay() const {
    return std::make_unique<Replay>(start(), engine());
  }

private:
  std::shared_ptr<const Program> program;
};

double plainRun(const Subject &subject) {
  auto begin = Clock::now();
  Machine machine = subject.start();
  std::unique_ptr<Engine> engine = subject.engine();
  if (machine.run(traceSteps, *engine) != traceSteps)
    std::fprintf(stderr, "warning: the trace is shorter than it should be\n");
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

void benchmark(const char *name) {
  Subject subject(std::string(OPML_BENCH_DIR "/bench-") + name + ".elf");
  std::mt19937_64 random(1);
  auto anyStep = [&] { return random() % traceSteps; };
  // One of each repetition's part of the trace, so that the median is that of
  // steps spread evenly.
  auto stepOf = [&](uint64_t repetition) {
    return (traceSteps * repetition + anyStep()) / repetitions;
  };
  std::vector<double> plain, cold, warm, descents;
  Replay::Stats stats;
  for (uint64_t i = 0; i < repetitions; ++i) {
    plain.push_back(plainRun(subject));
    cold.push_back(stateHash(*subject.replay(), stepOf(i)));
    auto known = subject.replay();
    orExit(known->stateHash(traceSteps));
    for (int j = 0; j < warmQuestions; ++j)
      warm.push_back(stateHash(*known, anyStep()));
    auto disputed = subject.replay();
    descents.push_back(descent(*disputed, stepOf(i)));
    stats = disputed->stats();
  }
  double unit = median(plain);
  std::printf("%-18s %8.3f %8.2f %8.4f %8.4f %8.2f %8.2f %10llu %8.1f\n", name,
              unit, median(cold) / unit, median(warm) / unit,
              *std::ranges::max_element(warm) / unit, median(descents) / unit,
              *std::ranges::max_element(descents) / unit,
              (unsigned long long)stats.snapshots, double(stats.memory) / 1e6);
}

} // namespace

int main(int argc, char **argv) {
  if (argc > 1) {
    bool help = std::strcmp(argv[1], "--help") == 0;
    std::fprintf(help ? stdout : stderr,
                 "usage: opml-bench-replay\n"
                 "Times state hashes and whole disputes (k = %u) over a trace "
                 "of 10^9 steps, as\nmultiples of one plain run of the "
                 "translator. Takes some minutes.\n",
                 k);
    return help ? 0 : 2;
  }
  std::printf("%-18s %8s %8s %8s %8s %8s %8s %10s %8s\n", "program", "plain/s",
              "cold", "warm", "warm max", "descent", "max", "snapshots", "MB");
  for (const char *name : {"LargeFloatMatrix", "Sweep"})
    benchmark(name);
  return 0;
}
