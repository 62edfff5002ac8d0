//===- Addition32.h - Addition of binary32 numbers ----------------*- C -*-===//

#ifndef OPML_GUEST_ADDITION32_H
#define OPML_GUEST_ADDITION32_H

#include "Binary32.h"

#include "Addition.h"

/// addSmaller(a, b), fast where both are normal; signs = a ^ b.
static ALWAYS_INLINE uint32_t addSmallerNormal(uint32_t a, uint32_t b,
                                               uint32_t signs) {
  uint32_t exponent = biasedExponent(a);
  uint32_t exponentB = biasedExponent(b);
  // 24 bits may cancel, and one may carry, without leaving the normal numbers.
  if (UNLIKELY(exponentB < 32) || UNLIKELY(exponent > 253))
    return addSmaller(a, b);
  uint32_t shift = exponent - exponentB;
  if (UNLIKELY(shift > 31))
    return a;
  // The larger one, at bit 30, leaves seven bits below its last place for the
  // smaller one: enough, with a sticky bit, because more than one leading bit
  // cancels only if the smaller one was shifted by at most one.
  uint32_t top = a >> 23;
  KEEP(top);
  uint32_t small = normalSignificand(b);
  uint32_t lost = (small << 8) << (~shift & 31);
  small = (small << 7) >> shift | (lost != 0);
  uint32_t sum = normalSignificand(a) << 7;
  if ((int32_t)signs >= 0) {
    sum += small;
    uint32_t lead = (sum >> 31) ^ 1;
    return ((top - lead) << 23) + roundTo24Bits(sum << lead, 0);
  }
  sum -= small;
  if (UNLIKELY(sum == 0))
    return 0;
  uint32_t lead = (uint32_t)__builtin_clz(sum);
  return ((top - lead) << 23) + roundTo24Bits(sum << (lead & 31), 0);
}

static ALWAYS_INLINE uint32_t add(uint32_t a, uint32_t b) {
  uint32_t difference = a ^ b; // its sign bit is the same after an exchange
  if ((a << 1) < (b << 1)) {
    a ^= difference;
    b ^= difference;
  }
  return addSmallerNormal(a, b, difference);
}

#endif // OPML_GUEST_ADDITION32_H
