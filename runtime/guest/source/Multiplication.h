//===- Multiplication.h - Multiplication of numbers ------------*- C -*-===//

#ifndef OPML_GUEST_MULTIPLICATION_H
#define OPML_GUEST_MULTIPLICATION_H

static ALWAYS_INLINE Bits multiply(Bits a, Bits b) {
  Bits sign = (a ^ b) & SIGN_BIT;
  if (isZero(a))
    return biasedExponent(b) == MAX_EXPONENT ? CANONICAL_NAN : sign;
  if (isZero(b))
    return biasedExponent(a) == MAX_EXPONENT ? CANONICAL_NAN : sign;
  if (isNaN(a) || isNaN(b))
    return CANONICAL_NAN;
  if (isInfinity(a) || isInfinity(b))
    return sign | INFINITY_BITS;
  struct Unpacked unpackedA = unpackFinite(a);
  struct Unpacked unpackedB = unpackFinite(b);
  // The leading bit of the product is the second or third.
  const int up = WIDTH - 1 - FRACTION_BITS;
  Wide product = multiplyWide(unpackedA.significand << up,
                              unpackedB.significand << (up - 1));
  Bits high = (Bits)(product >> WIDTH) | ((Bits)product != 0);
  int lead = !(high >> (WIDTH - 2));
  return roundAndPack(sign,
                      unpackedA.exponent + unpackedB.exponent - BIAS + 1 - lead,
                      high << lead);
}

#endif // OPML_GUEST_MULTIPLICATION_H
