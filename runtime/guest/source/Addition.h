//===- Addition.h - Addition of binary32 numbers ------------------*- C -*-===//

#ifndef OPML_GUEST_ADDITION_H
#define OPML_GUEST_ADDITION_H

#include "SoftFloat.h"

/// a + b for |a| >= |b| != 0 and finite a, both possibly subnormal.
static ALWAYS_INLINE uint32_t addFinite(uint32_t a, uint32_t b) {
  struct Unpacked unpackedA = unpackFinite(a);
  struct Unpacked unpackedB = unpackFinite(b);
  uint32_t shift = (uint32_t)(unpackedA.exponent - unpackedB.exponent);
  uint32_t high = unpackedA.significand << 6;
  uint32_t low = shiftRightJam32(unpackedB.significand << 6, shift);
  uint32_t sum = (int32_t)(a ^ b) >= 0 ? high + low : high - low;
  if (sum == 0)
    return 0;
  int lead = __builtin_clz(sum) - 1;
  return roundAndPack(a & SIGN_BIT, unpackedA.exponent + 1 - lead, sum << lead);
}

/// The larger magnitude, at bit 30, leaves seven bits below its last place for
/// the smaller one: enough, with a sticky bit, because more than one leading
/// bit cancels only if the smaller one was shifted by at most one.
static ALWAYS_INLINE uint32_t add(uint32_t a, uint32_t b) {
  if ((a << 1) < (b << 1)) {
    uint32_t larger = b;
    b = a;
    a = larger;
  }
  uint32_t exponent = biasedExponent(a);
  uint32_t exponentB = biasedExponent(b);
  // 24 bits may cancel, and one may carry, without leaving the normal numbers.
  if (UNLIKELY(exponentB < 32) || UNLIKELY(exponent > 253)) {
    if (isNaN(a))
      return CANONICAL_NAN;
    if (isInfinity(a))
      return isInfinity(b) && a != b ? CANONICAL_NAN : a;
    if (isZero(b)) // -0 only if both are.
      return isZero(a) ? a & b : a;
    return addFinite(a, b);
  }
  uint32_t shift = exponent - exponentB;
  if (UNLIKELY(shift > 31))
    return a;
  uint32_t sum = normalSignificand(a) << 7;
  uint32_t small = normalSignificand(b) << 7;
  small = small >> shift | (((small << 1) << (~shift & 31)) != 0);
  if ((int32_t)(a ^ b) >= 0) {
    sum += small;
    if (sum >> 31) {
      sum = sum >> 1 | (sum & 1);
      ++exponent;
    }
  } else {
    sum -= small;
    if (UNLIKELY(sum == 0))
      return 0;
    uint32_t lead = (uint32_t)__builtin_clz(sum) - 1;
    sum <<= lead;
    exponent -= lead;
  }
  uint32_t rounded = (sum + 63 + ((sum >> 7) & 1)) >> 7;
  return (a & SIGN_BIT) | (((exponent - 1) << 23) + rounded);
}

#endif // OPML_GUEST_ADDITION_H
