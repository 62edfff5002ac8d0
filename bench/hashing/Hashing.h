//===- Hashing.h - What opml-bench-hashing measures -------------*- C++ -*-===//

#ifndef OPML_BENCH_HASHING_HASHING_H
#define OPML_BENCH_HASHING_HASHING_H

#include "opml/vm/Error.h"
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>
#include <vector>

namespace opml::bench {

template <typename Function> double secondsOf(Function &&function) {
  auto start = std::chrono::steady_clock::now();
  function();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
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
