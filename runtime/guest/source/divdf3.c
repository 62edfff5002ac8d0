//===- divdf3.c - Division -----------------------------------------------===//

#include "Binary64.h"

#include "Division.h"

static ALWAYS_INLINE uint64_t divideSignificands(uint64_t dividend,
                                                 uint64_t divisor) {
  // Digits of 14 bits, each estimated from the leading bits of divisor and
  // remainder by the 32-bit division. With the divisor D in [2^61, 2^62) an
  // estimate is never too large; it is too small by less than
  // 1 + (R / D) / 2, so that a remainder R stays below 2 D, in 64 bits.
  divisor <<= 9;
  uint64_t remainder = (dividend << 9) - divisor;
  uint32_t estimator = (uint32_t)(divisor >> 46) + 1;
  uint64_t quotient = 1;
#pragma clang loop unroll(full)
  for (int digit = 0; digit < 4; ++digit) {
    uint32_t estimate = (uint32_t)(remainder >> 32) / estimator;
    remainder = (remainder << 14) - divisor * estimate;
    quotient = (quotient << 14) + estimate;
  }
  if (remainder >= divisor) {
    remainder -= divisor;
    ++quotient;
  }
  return quotient << 6 | (remainder != 0);
}

uint64_t OPML_GUEST(__divdf3)(uint64_t a, uint64_t b) {
  return divide(a, b, divideSignificands);
}
