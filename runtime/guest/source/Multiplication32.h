//===- Multiplication32.h - Multiplication of binary32 ------------*- C -*-===//

#ifndef OPML_GUEST_MULTIPLICATION32_H
#define OPML_GUEST_MULTIPLICATION32_H

#include "Binary32.h"

#include "Multiplication.h"

static ALWAYS_INLINE uint32_t multiply32(uint32_t a, uint32_t b) {
  // Factors in this range whose product is a normal number, however it rounds.
  uint32_t exponentA = biasedExponent(a) - 64;
  uint32_t exponentB = biasedExponent(b) - 64;
  uint32_t exponent = exponentA + exponentB;
  if (UNLIKELY((exponentA | exponentB) >= 128) || UNLIKELY(exponent >= 253))
    return multiply(a, b);
  uint32_t signs = a ^ b;
  KEEP(signs);
  uint64_t product =
      (uint64_t)(normalSignificand(a) << 8) * (normalSignificand(b) << 8);
  uint32_t high = (uint32_t)(product >> 32);
  // The leading bit is at 63 or, below 2, at 62.
  uint32_t carry = high >> 31;
  uint32_t rounded = roundTo24Bits(high << (carry ^ 1), (uint32_t)product);
  return (signs & SIGN_BIT) | (((exponent + carry) << 23) + rounded);
}

#endif // OPML_GUEST_MULTIPLICATION32_H
