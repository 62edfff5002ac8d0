//===- divsf3.c - Division -----------------------------------------------===//

#include "Binary32.h"

#include "Division.h"

static ALWAYS_INLINE uint32_t divideSignificands(uint32_t dividend,
                                                 uint32_t divisor) {
  // A remainder is below 2^24, so that each division yields eight more bits: 25
  // in all, the last of them for rounding.
  uint32_t remainder = dividend - divisor;
  uint32_t quotient = 1;
  for (int digit = 0; digit < 3; ++digit) {
    remainder <<= 8;
    quotient = quotient << 8 | remainder / divisor;
    remainder %= divisor;
  }
  return quotient << 6 | (remainder != 0);
}

uint32_t OPML_GUEST(__divsf3)(uint32_t a, uint32_t b) {
  return divide(a, b, divideSignificands);
}
