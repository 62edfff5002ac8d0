//===- RandomSteps.h - Picking steps of a run at random ---------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_RANDOMSTEPS_H
#define OPML_VM_TOOLS_RANDOMSTEPS_H

#include <cstdint>
#include <set>

namespace opml::vm {

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
/// generators, 2014): the same numbers on every platform, which the standard
/// library's distributions do not promise.
class SplitMix64 {
public:
  explicit SplitMix64(uint64_t seed) : state(seed) {}
  uint64_t next();
  /// Uniform in [0, bound), without modulo bias. Requires bound > 0.
  uint64_t below(uint64_t bound);

private:
  uint64_t state;
};

/// `count` distinct numbers below `total`, uniformly. Requires count <= total.
std::set<uint64_t> pickSteps(uint64_t count, uint64_t total, uint64_t seed);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_RANDOMSTEPS_H
