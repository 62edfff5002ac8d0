//===- divsf3.c - Division ----------------------------------------------===//

#include "SoftFloat.h"

uint32_t OPML_GUEST(__divsf3)(uint32_t a, uint32_t b) {
  uint32_t sign = (a ^ b) & SIGN_BIT;
  if (isNaN(a) || isNaN(b))
    return CANONICAL_NAN;
  if (isInfinity(a))
    return isInfinity(b) ? CANONICAL_NAN : sign | INFINITY_BITS;
  if (isInfinity(b))
    return sign;
  if (isZero(b))
    return isZero(a) ? CANONICAL_NAN : sign | INFINITY_BITS;
  if (isZero(a))
    return sign;

  struct Unpacked dividend = unpackFinite(a);
  struct Unpacked divisor = unpackFinite(b);
  int32_t exponent = dividend.exponent - divisor.exponent + 127;
  uint32_t remainder = dividend.significand;
  if (remainder < divisor.significand) {
    remainder <<= 1;
    --exponent;
  }
  // The quotient lies in [1, 2). A remainder is below 2^24, so that each
  // division yields eight more bits: 25 in all, the last of them for rounding.
  remainder -= divisor.significand;
  uint32_t quotient = 1;
  for (int digit = 0; digit < 3; ++digit) {
    remainder <<= 8;
    quotient = quotient << 8 | remainder / divisor.significand;
    remainder %= divisor.significand;
  }
  return roundAndPack(sign, exponent, quotient << 6 | (remainder != 0));
}
