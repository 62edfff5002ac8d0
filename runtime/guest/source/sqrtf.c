//===- sqrtf.c - Square root --------------------------------------------===//

#include "SoftFloat.h"

uint32_t OPML_GUEST(sqrtf)(uint32_t a) {
  if (isNaN(a))
    return CANONICAL_NAN;
  if (isZero(a))
    return a;
  if (a & SIGN_BIT)
    return CANONICAL_NAN;
  if (isInfinity(a))
    return a;

  struct Unpacked unpacked = unpackFinite(a);
  int32_t exponent = unpacked.exponent - 127;
  // An even exponent halves exactly; the radicand then lies in [1, 4).
  uint32_t remainder = unpacked.significand << (1 + (exponent & 1));
  // Binary restoring square root: one bit of the root, from 2^24 down, per
  // step. `twiceRoot + bit` is what squaring the root with that bit adds.
  uint32_t root = 0;
  uint32_t twiceRoot = 0;
#pragma clang loop unroll(full)
  for (uint32_t bit = 1u << 24; bit != 0; bit >>= 1) {
    uint32_t increment = twiceRoot + bit;
    if (increment <= remainder) {
      twiceRoot = increment + bit;
      remainder -= increment;
      root += bit;
    }
    remainder <<= 1;
  }
  return roundAndPack(0, (exponent >> 1) + 127, root << 6 | (remainder != 0));
}
