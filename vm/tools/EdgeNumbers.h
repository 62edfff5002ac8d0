//===- EdgeNumbers.h - Random numbers where things go wrong -----*- C++ -*-===//

#ifndef OPML_VM_TOOLS_EDGENUMBERS_H
#define OPML_VM_TOOLS_EDGENUMBERS_H

#include "RandomSteps.h"
#include <cstddef>

namespace opml::vm {

class EdgeNumbers {
public:
  explicit EdgeNumbers(uint64_t seed) : random(seed) {}

  uint32_t bits() { return uint32_t(random.next()); }
  uint32_t below(uint64_t bound) { return uint32_t(random.below(bound)); }
  bool oneIn(uint64_t n) { return random.below(n) == 0; }
  template <typename T, size_t n> T pick(const T (&choices)[n]) {
    return choices[random.below(n)];
  }
  /// A register's content: an edge of some interpretation of it, or any.
  uint32_t value();
  /// 16 bits, for an immediate or an offset.
  uint16_t halfword();
  /// A number at most `distance` from `border`, modulo 2^32.
  uint32_t near(uint64_t border, uint32_t distance) {
    return uint32_t(border) + below(2 * uint64_t(distance) + 1) - distance;
  }

private:
  SplitMix64 random;
};

} // namespace opml::vm

#endif // OPML_VM_TOOLS_EDGENUMBERS_H
