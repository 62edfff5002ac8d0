//===- Division64.h - Unsigned 64-bit division --------------------*- C -*-===//

#ifndef OPML_GUEST_DIVISION64_H
#define OPML_GUEST_DIVISION64_H

#include "GuestSymbol.h"

#define ALWAYS_INLINE inline __attribute__((always_inline))

struct Division64 {
  uint64_t quotient;
  uint64_t remainder;
};

/// The next 16 bits of a quotient (Knuth, The Art of Computer Programming,
/// 4.3.1, algorithm D, steps D3 to D6): *remainder * 2^16 + next by `divisor`,
/// whose bit 31 is set, for *remainder < divisor.
static ALWAYS_INLINE uint32_t divideDigit(uint32_t *remainder, uint32_t next,
                                          uint32_t divisor) {
  // From the divisor's upper half: at most two too large.
  uint32_t digit = *remainder / (divisor >> 16);
  uint32_t rest = *remainder % (divisor >> 16) << 16 | next;
  uint32_t product = digit * (divisor & 0xffff);
  if (rest < product) {
    --digit;
    rest += divisor;
    if (rest >= divisor && rest < product) { // it has not wrapped
      --digit;
      rest += divisor;
    }
  }
  *remainder = rest - product;
  return digit;
}

/// high:low by `divisor`, whose bit 31 is set, for high < divisor.
static ALWAYS_INLINE uint32_t divideNormalised(uint32_t high, uint32_t low,
                                               uint32_t divisor,
                                               uint32_t *remainder) {
  *remainder = high;
  uint32_t quotient = divideDigit(remainder, low >> 16, divisor) << 16;
  return quotient + divideDigit(remainder, low & 0xffff, divisor);
}

static ALWAYS_INLINE struct Division64 divideBy32Bits(uint64_t dividend,
                                                      uint32_t divisor) {
  uint32_t high = (uint32_t)(dividend >> 32) / divisor;
  uint32_t rest = (uint32_t)(dividend >> 32) % divisor;
  uint32_t low = (uint32_t)dividend;
  if (rest == 0) {
    struct Division64 result = {(uint64_t)high << 32 | low / divisor,
                                low % divisor};
    return result;
  }
  uint32_t shift = (uint32_t)__builtin_clz(divisor);
  uint64_t shifted = ((uint64_t)rest << 32 | low) << shift;
  uint32_t remainder;
  uint32_t quotient =
      divideNormalised((uint32_t)(shifted >> 32), (uint32_t)shifted,
                       divisor << shift, &remainder);
  struct Division64 result = {(uint64_t)high << 32 | quotient,
                              remainder >> shift};
  return result;
}

/// For divisor >= 2^32: the quotient has 32 bits. Estimated from the divisor's
/// leading 32 bits it is at most one too large (Warren, Hacker's Delight, 9-5).
static ALWAYS_INLINE struct Division64 divideBy64Bits(uint64_t dividend,
                                                      uint64_t divisor) {
  uint32_t shift = (uint32_t)__builtin_clz((uint32_t)(divisor >> 32));
  uint32_t remainder;
  uint32_t estimate =
      divideNormalised((uint32_t)(dividend >> 33), (uint32_t)(dividend >> 1),
                       (uint32_t)(divisor << shift >> 32), &remainder);
  uint32_t quotient = estimate >> (31 - shift);
  quotient -= quotient != 0;
  struct Division64 result = {quotient, dividend - quotient * divisor};
  if (result.remainder >= divisor) {
    result.remainder -= divisor;
    ++result.quotient;
  }
  return result;
}

/// Division by zero is defined, as for the 32-bit instruction: all quotient
/// bits set, the remainder is the dividend.
static ALWAYS_INLINE struct Division64 divideUnsigned64(uint64_t dividend,
                                                        uint64_t divisor) {
  if (divisor >> 32)
    return divideBy64Bits(dividend, divisor);
  if (divisor)
    return divideBy32Bits(dividend, (uint32_t)divisor);
  struct Division64 result = {UINT64_MAX, dividend};
  return result;
}

static inline uint64_t magnitude64(int64_t a) {
  return a < 0 ? -(uint64_t)a : (uint64_t)a;
}

#endif // OPML_GUEST_DIVISION64_H
