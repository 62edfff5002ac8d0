//===- mulsf3.c - Multiplication ----------------------------------------===//

#include "SoftFloat.h"

uint32_t OPML_GUEST(__mulsf3)(uint32_t a, uint32_t b) {
  uint32_t sign = (a ^ b) & SIGN_BIT;
  struct Unpacked unpackedA = {(int32_t)biasedExponent(a),
                               normalSignificand(a)};
  struct Unpacked unpackedB = {(int32_t)biasedExponent(b),
                               normalSignificand(b)};
  if (UNLIKELY((uint32_t)(unpackedA.exponent - 1) >= 254) ||
      UNLIKELY((uint32_t)(unpackedB.exponent - 1) >= 254)) {
    if (isNaN(a) || isNaN(b))
      return CANONICAL_NAN;
    if (isInfinity(a) || isInfinity(b))
      return isZero(a) || isZero(b) ? CANONICAL_NAN : sign | INFINITY_BITS;
    if (isZero(a) || isZero(b))
      return sign;
    unpackedA = unpackFinite(a);
    unpackedB = unpackFinite(b);
  }
  // The leading bit of the product is at 61 or 62: 29 or 30 of its upper half.
  uint64_t product =
      (uint64_t)(unpackedA.significand << 8) * (unpackedB.significand << 7);
  uint32_t high = (uint32_t)(product >> 32) | ((uint32_t)product != 0);
  int32_t exponent = unpackedA.exponent + unpackedB.exponent - 126;
  if (high < 0x40000000) {
    high <<= 1;
    --exponent;
  }
  return roundAndPack(sign, exponent, high);
}
