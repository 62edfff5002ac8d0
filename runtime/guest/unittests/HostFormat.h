//===- HostFormat.h - The host's numbers and their bits ---------*- C++ -*-===//

#ifndef OPML_GUEST_HOSTFORMAT_H
#define OPML_GUEST_HOSTFORMAT_H

#include "Operands.h"
#include <bit>
#include <cmath>

namespace opml::guest {

template <typename Float> struct HostFormat;

template <> struct HostFormat<float> {
  using Bits = uint32_t;
  static constexpr Bits canonicalNaN = 0x7fc00000;
  static Bits next(uint32_t *state) { return nextOperand(state); }
};

template <> struct HostFormat<double> {
  using Bits = uint64_t;
  static constexpr Bits canonicalNaN = 0x7ff8000000000000;
  static Bits next(uint32_t *state) { return nextOperand64(state); }
};

template <typename Float> using BitsOf = HostFormat<Float>::Bits;

/// NaNs are canonical.
template <typename Float> BitsOf<Float> bitsOf(Float value) {
  return std::isnan(value) ? HostFormat<Float>::canonicalNaN
                           : std::bit_cast<BitsOf<Float>>(value);
}

} // namespace opml::guest

#endif // OPML_GUEST_HOSTFORMAT_H
