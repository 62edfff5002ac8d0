//===- Hashing.h - What opml-bench-hashing measures -------------*- C++ -*-===//

#ifndef OPML_BENCH_HASHING_HASHING_H
#define OPML_BENCH_HASHING_HASHING_H

#include "opml/vm/Error.h"
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <random>
#include <span>
#include <vector>

namespace opml::bench {

/// Seconds: by the clock, and CPU time of all threads. On a machine shared with
/// others, what something costs is more telling than when it is done.
struct Time {
  double cpu, wall;

  static Time now() {
    return {secondsOf(CLOCK_PROCESS_CPUTIME_ID), secondsOf(CLOCK_MONOTONIC)};
  }
  static double secondsOf(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
  }
};

template <typename Function> Time timeOf(Function &&function) {
  Time start = Time::now();
  function();
  Time end = Time::now();
  return {end.cpu - start.cpu, end.wall - start.wall};
}

inline double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2,
                   values.end());
  return values[values.size() / 2];
}

inline void fillRandomly(std::span<uint8_t> bytes, uint64_t seed) {
  std::mt19937_64 random(seed);
  for (size_t i = 0; i + 8 <= bytes.size(); i += 8) {
    uint64_t word = random();
    std::memcpy(&bytes[i], &word, sizeof word);
  }
}

/// Permutations a second: reference, vectors, OpenSSL, the root of 256 MiB.
void printThroughput();
/// What a new root of 256 MiB costs after so many pages were written.
void printPagesTouched();
/// Time and memory of a node that reads 512 MiB of weights.
Expected<void> printLargeWeights();

} // namespace opml::bench

#endif // OPML_BENCH_HASHING_HASHING_H
