//===- SquareRoot.h - Square root of numbers -------------------*- C -*-===//

#ifndef OPML_GUEST_SQUAREROOT_H
#define OPML_GUEST_SQUAREROOT_H

static ALWAYS_INLINE Bits squareRoot(Bits a) {
  if (isNaN(a))
    return CANONICAL_NAN;
  if (isZero(a))
    return a;
  if (a & SIGN_BIT)
    return CANONICAL_NAN;
  if (isInfinity(a))
    return a;

  struct Unpacked unpacked = unpackFinite(a);
  int32_t exponent = unpacked.exponent - BIAS;
  // An even exponent halves exactly; the radicand then lies in [1, 4).
  Bits remainder = unpacked.significand << (1 + (exponent & 1));
  // Binary restoring square root: one bit of the root, from the hidden bit's
  // double down, per step. `twiceRoot + bit` is what squaring the root with
  // that bit adds.
  Bits root = 0;
  Bits twiceRoot = 0;
#pragma clang loop unroll(full)
  for (Bits bit = HIDDEN_BIT << 1; bit != 0; bit >>= 1) {
    Bits increment = twiceRoot + bit;
    if (increment <= remainder) {
      twiceRoot = increment + bit;
      remainder -= increment;
      root += bit;
    }
    remainder <<= 1;
  }
  return roundAndPack(0, (exponent >> 1) + BIAS,
                      root << (WIDTH - 3 - FRACTION_BITS) | (remainder != 0));
}

#endif // OPML_GUEST_SQUAREROOT_H
