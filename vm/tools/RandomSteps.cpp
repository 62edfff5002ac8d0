//===- RandomSteps.cpp - Picking steps of a run at random -----------------===//

#include "RandomSteps.h"

using namespace opml::vm;

uint64_t SplitMix64::next() {
  state += 0x9e3779b97f4a7c15;
  uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

uint64_t SplitMix64::below(uint64_t bound) {
  // Numbers under 2^64 mod bound would be counted once too often.
  uint64_t threshold = -bound % bound;
  for (;;)
    if (uint64_t number = next(); number >= threshold)
      return number % bound;
}

// Floyd's algorithm: a uniform subset, also when most of the run is picked.
std::set<uint64_t> opml::vm::pickSteps(uint64_t count, uint64_t total,
                                       uint64_t seed) {
  SplitMix64 random(seed);
  std::set<uint64_t> picked;
  for (uint64_t last = total - count; last < total; ++last)
    if (!picked.insert(random.below(last + 1)).second)
      picked.insert(last);
  return picked;
}
