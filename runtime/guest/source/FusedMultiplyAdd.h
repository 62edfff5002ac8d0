//===- FusedMultiplyAdd.h - Fused multiply-add of numbers ------*- C -*-===//

#ifndef OPML_GUEST_FUSEDMULTIPLYADD_H
#define OPML_GUEST_FUSEDMULTIPLYADD_H

/// c + 0 * other, where the zero product's sign is that of `signs`.
static ALWAYS_INLINE Bits addZeroProduct(Bits other, Bits signs, Bits c) {
  if (UNLIKELY(biasedExponent(other) == MAX_EXPONENT))
    return CANONICAL_NAN;
  if (UNLIKELY(biasedExponent(c) == MAX_EXPONENT))
    return isNaN(c) ? CANONICAL_NAN : c;
  if (UNLIKELY(c == SIGN_BIT)) // -0 + 0 is -0 only if both are -0.
    return c & signs;
  return c;
}

/// All cases but a zero factor.
static ALWAYS_INLINE Bits fusedMultiplyAdd(Bits a, Bits b, Bits c) {
  Bits sign = (a ^ b) & SIGN_BIT;
  if (isNaN(a) || isNaN(b) || isNaN(c))
    return CANONICAL_NAN;
  if (isInfinity(a) || isInfinity(b)) {
    // Two infinities of opposite sign have no sum.
    if (isInfinity(c) && ((c ^ sign) & SIGN_BIT))
      return CANONICAL_NAN;
    return sign | INFINITY_BITS;
  }
  if (isInfinity(c))
    return c;

  // The leading bit is the second or third from the top, of which the second
  // weighs 2^(exponent - BIAS).
  const int up = WIDTH - 1 - FRACTION_BITS;
  struct Unpacked unpackedA = unpackFinite(a);
  struct Unpacked unpackedB = unpackFinite(b);
  Wide sum = multiplyWide(unpackedA.significand << up,
                          unpackedB.significand << (up - 1));
  int32_t exponent = unpackedA.exponent + unpackedB.exponent - BIAS + 1;
  if (!isZero(c)) {
    // Leading bit at the third as well; then the smaller one is shifted right.
    struct Unpacked unpackedC = unpackFinite(c);
    Wide addend = (Wide)(unpackedC.significand << (up - 2)) << WIDTH;
    int32_t shift = exponent - (unpackedC.exponent + 1);
    if (shift >= 0) {
      addend = shiftRightJamWide(addend, (uint32_t)shift);
    } else {
      sum = shiftRightJamWide(sum, (uint32_t)-shift);
      exponent -= shift;
    }
    if (sign == (c & SIGN_BIT)) {
      sum += addend;
    } else {
      sum -= addend;
      if (sum == 0)
        return 0;
      if (sum >> (2 * WIDTH - 1)) {
        sum = -sum;
        sign ^= SIGN_BIT;
      }
    }
  }
  return normaliseRoundAndPack(sign, exponent, sum);
}

#endif // OPML_GUEST_FUSEDMULTIPLYADD_H
