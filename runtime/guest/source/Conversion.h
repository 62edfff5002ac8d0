//===- Conversion.h - Numbers to integers ----------------------*- C -*-===//

#ifndef OPML_GUEST_CONVERSION_H
#define OPML_GUEST_CONVERSION_H

/// |a| rounded toward zero; 1 <= |a| < 2^64.
static ALWAYS_INLINE uint64_t integerPart(Bits a) {
  int32_t shift = (int32_t)biasedExponent(a) - (BIAS + FRACTION_BITS);
  uint64_t significand = normalSignificand(a);
  return shift < 0 ? significand >> -shift : significand << shift;
}

/// Rounds toward zero to an integer of `width` bits; out of range gives the
/// nearest one, a NaN gives 0.
static ALWAYS_INLINE int64_t toSigned(Bits a, uint32_t width) {
  uint32_t exponent = biasedExponent(a);
  if (isNaN(a) || exponent < BIAS)
    return 0;
  int64_t greatest = (int64_t)(((uint64_t)1 << (width - 1)) - 1);
  if (exponent >= BIAS + width - 1)
    return isNegative(a) ? -greatest - 1 : greatest;
  uint64_t magnitude = integerPart(a);
  return (int64_t)(isNegative(a) ? -magnitude : magnitude);
}

static ALWAYS_INLINE uint64_t toUnsigned(Bits a, uint32_t width) {
  uint32_t exponent = biasedExponent(a);
  if (isNaN(a) || isNegative(a) || exponent < BIAS)
    return 0;
  if (exponent >= BIAS + width)
    return UINT64_MAX >> (64 - width);
  return integerPart(a);
}

#endif // OPML_GUEST_CONVERSION_H
