//===- Division64.h - Unsigned 64-bit division --------------------*- C -*-===//

#ifndef OPML_GUEST_DIVISION64_H
#define OPML_GUEST_DIVISION64_H

#include "GuestSymbol.h"

struct Division64 {
  uint64_t quotient;
  uint64_t remainder;
};

/// Restoring division, one bit a step. As for the 32-bit instruction, division
/// by zero is defined: all quotient bits set, the remainder is the dividend.
static inline __attribute__((always_inline)) struct Division64
divideUnsigned64(uint64_t dividend, uint64_t divisor) {
  struct Division64 result = {dividend, 0};
#pragma clang loop unroll(disable)
  for (int bit = 0; bit < 64; ++bit) {
    result.remainder = result.remainder << 1 | result.quotient >> 63;
    result.quotient <<= 1;
    if (result.remainder >= divisor) {
      result.remainder -= divisor;
      result.quotient |= 1;
    }
  }
  return result;
}

static inline uint64_t magnitude64(int64_t a) {
  return a < 0 ? -(uint64_t)a : (uint64_t)a;
}

#endif // OPML_GUEST_DIVISION64_H
