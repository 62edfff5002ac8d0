//===- Division.h - Division of numbers ------------------------*- C -*-===//

#ifndef OPML_GUEST_DIVISION_H
#define OPML_GUEST_DIVISION_H

/// a / b. `divideSignificands` has the quotient, bit WIDTH - 2 set, the lowest
/// bit sticky, of significands of which the first is not the smaller one and
/// less than twice the second.
static ALWAYS_INLINE Bits divide(Bits a, Bits b,
                                 Bits (*divideSignificands)(Bits, Bits)) {
  Bits sign = (a ^ b) & SIGN_BIT;
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
  int32_t exponent = dividend.exponent - divisor.exponent + BIAS;
  if (dividend.significand < divisor.significand) {
    dividend.significand <<= 1;
    --exponent;
  }
  return roundAndPack(
      sign, exponent,
      divideSignificands(dividend.significand, divisor.significand));
}

#endif // OPML_GUEST_DIVISION_H
