//===- Extremum.h - Minimum and maximum of numbers ----------------*- C -*-===//
//
// Those of IEEE 754-2019, 9.6: -0 is less than +0.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_EXTREMUM_H
#define OPML_GUEST_EXTREMUM_H

/// Whether a is less than b; neither is a NaN. As integers, numbers are ordered
/// by magnitude; the negative ones are turned around.
static ALWAYS_INLINE int isLess(Bits a, Bits b) {
  SignedBits signA = (SignedBits)a >> (WIDTH - 1);
  SignedBits signB = (SignedBits)b >> (WIDTH - 1);
  return (SignedBits)(a ^ (Bits)signA >> 1) <
         (SignedBits)(b ^ (Bits)signB >> 1);
}

/// A NaN operand gives a NaN.
static ALWAYS_INLINE Bits minimum(Bits a, Bits b) {
  if (isNaN(a) || isNaN(b))
    return CANONICAL_NAN;
  return isLess(a, b) ? a : b;
}
static ALWAYS_INLINE Bits maximum(Bits a, Bits b) {
  if (isNaN(a) || isNaN(b))
    return CANONICAL_NAN;
  return isLess(a, b) ? b : a;
}

/// A NaN operand counts as missing.
static ALWAYS_INLINE Bits minimumNumber(Bits a, Bits b) {
  if (isNaN(a))
    return isNaN(b) ? CANONICAL_NAN : b;
  return isNaN(b) ? a : minimum(a, b);
}
static ALWAYS_INLINE Bits maximumNumber(Bits a, Bits b) {
  if (isNaN(a))
    return isNaN(b) ? CANONICAL_NAN : b;
  return isNaN(b) ? a : maximum(a, b);
}

#endif // OPML_GUEST_EXTREMUM_H
