//===- Measure.cpp - Timing two engines in turn ---------------------------===//

#include "Measure.h"
#include <algorithm>
#include <chrono>
#include <thread>

using namespace opml::bench;

// ONNX Runtime's threads spin for some 20 ms after a run.
static constexpr auto rest = std::chrono::milliseconds(60);
static constexpr double batchSeconds = 0.02;
static constexpr unsigned warmUps = 3;
static constexpr double longRun = 0.1; // is warm after one

static double secondsOf(const Run &run, unsigned times) {
  using Clock = std::chrono::steady_clock;
  auto start = Clock::now();
  for (unsigned i = 0; i < times; ++i)
    run();
  return std::chrono::duration<double>(Clock::now() - start).count() / times;
}

static double batch(const Run &run) {
  std::this_thread::sleep_for(rest);
  double once = secondsOf(run, 1);
  if (once < longRun)
    once = secondsOf(run, warmUps);
  return secondsOf(run, unsigned(std::max(1.0, batchSeconds / once)));
}

std::vector<double> opml::bench::medianSeconds(const std::vector<Run> &runs,
                                               unsigned batches) {
  std::vector<std::vector<double>> seconds(runs.size());
  for (unsigned i = 0; i < batches; ++i)
    for (size_t run = 0; run < runs.size(); ++run)
      seconds[run].push_back(batch(runs[run]));
  std::vector<double> medians;
  for (std::vector<double> &all : seconds) {
    std::ranges::nth_element(all, all.begin() + all.size() / 2);
    medians.push_back(all[all.size() / 2]);
  }
  return medians;
}
