//===- Addition.h - Addition of numbers ---------------------------*- C -*-===//

#ifndef OPML_GUEST_ADDITION_H
#define OPML_GUEST_ADDITION_H

/// a + b for |a| >= |b| != 0 and finite a, both possibly subnormal.
static ALWAYS_INLINE Bits addFinite(Bits a, Bits b) {
  // One bit is left free for the carry, and all below are for what b loses.
  const int up = WIDTH - 3 - FRACTION_BITS;
  struct Unpacked unpackedA = unpackFinite(a);
  struct Unpacked unpackedB = unpackFinite(b);
  uint32_t shift = (uint32_t)(unpackedA.exponent - unpackedB.exponent);
  Bits high = unpackedA.significand << up;
  Bits low = shiftRightJam(unpackedB.significand << up, shift);
  Bits sum = isNegative(a ^ b) ? high - low : high + low;
  if (sum == 0)
    return 0;
  int lead = COUNT_LEADING_ZEROS(sum) - 1;
  return roundAndPack(a & SIGN_BIT, unpackedA.exponent + 1 - lead, sum << lead);
}

/// Addition of b, the smaller magnitude or equal, to a.
static ALWAYS_INLINE Bits addSmaller(Bits a, Bits b) {
  if (isNaN(a))
    return CANONICAL_NAN;
  if (isInfinity(a))
    return isInfinity(b) && a != b ? CANONICAL_NAN : a;
  if (isZero(b)) // -0 only if both are.
    return isZero(a) ? a & b : a;
  return addFinite(a, b);
}

#endif // OPML_GUEST_ADDITION_H
