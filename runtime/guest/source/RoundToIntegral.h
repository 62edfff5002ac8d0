//===- RoundToIntegral.h - Numbers to integral numbers ------------*- C -*-===//

#ifndef OPML_GUEST_ROUNDTOINTEGRAL_H
#define OPML_GUEST_ROUNDTOINTEGRAL_H

enum Rounding { TowardZero, Downward, Upward, ToEven, HalfAway };

/// What to add to the magnitude of a number with the given sign so that the
/// fraction, of which `one` is the first bit that is none, can be cut off.
static ALWAYS_INLINE Bits roundingIncrement(enum Rounding rounding, Bits sign,
                                            Bits one, int isOdd) {
  switch (rounding) {
  case TowardZero:
    return 0;
  case Downward:
    return sign ? one - 1 : 0;
  case Upward:
    return sign ? 0 : one - 1;
  case ToEven:
    return (one >> 1) - 1 + (Bits)isOdd;
  case HalfAway:
    return one >> 1;
  }
}

static ALWAYS_INLINE Bits roundToIntegral(Bits a, enum Rounding rounding) {
  uint32_t exponent = biasedExponent(a);
  if (exponent >= BIAS + FRACTION_BITS)
    return isNaN(a) ? CANONICAL_NAN : a;
  Bits sign = a & SIGN_BIT;
  if (exponent < BIAS) {
    // As a fixed-point number with two bits of fraction, the second sticky: all
    // that matters is how it compares with one half.
    Bits half = 2, one = 4;
    Bits fraction = isZero(a)                  ? 0
                    : exponent < BIAS - 1      ? 1
                    : (a & FRACTION_MASK) == 0 ? half
                                               : half + 1;
    fraction += roundingIncrement(rounding, sign, one, 0);
    return fraction < one ? sign : sign | (Bits)BIAS << FRACTION_BITS;
  }
  // A carry goes into the exponent, as it should. Of a number below 2, the
  // exponent's lowest bit stands where the hidden one would: it is 1, too.
  Bits one = (Bits)1 << (BIAS + FRACTION_BITS - exponent);
  return (a + roundingIncrement(rounding, sign, one, (a & one) != 0)) &
         ~(one - 1);
}

#endif // OPML_GUEST_ROUNDTOINTEGRAL_H
