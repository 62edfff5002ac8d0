//===- Narrowing.h - To the formats of 16 bits --------------------*- C -*-===//

#ifndef OPML_GUEST_NARROWING_H
#define OPML_GUEST_NARROWING_H

#define BINARY16_FRACTION_BITS 10
#define BFLOAT16_FRACTION_BITS 7

/// The number of 16 bits, `fractionBits` of them its fraction, that is nearest
/// to a; ties to even.
static ALWAYS_INLINE uint32_t narrow(Bits a, int fractionBits) {
  const int32_t maxExponent = (1 << (15 - fractionBits)) - 1;
  const uint32_t infinity = (uint32_t)maxExponent << fractionBits;
  const int extra = FRACTION_BITS - fractionBits;
  if (isNaN(a))
    return infinity | 1u << (fractionBits - 1);
  uint32_t sign = (uint32_t)(a >> (WIDTH - 16)) & 0x8000;
  int32_t exponent = (int32_t)biasedExponent(a);
  Bits significand = a & FRACTION_MASK;
  if (exponent == 0)
    exponent = 1;
  else
    significand |= HIDDEN_BIT;
  exponent += (maxExponent >> 1) - BIAS;
  // An infinity overflows as finite numbers do.
  if (exponent > maxExponent - 1)
    return sign | infinity;
  if (exponent < 1) {
    significand = shiftRightJam(significand, (uint32_t)(1 - exponent));
    exponent = 1;
  }
  Bits rounded = (significand + (((Bits)1 << (extra - 1)) - 1) +
                  ((significand >> extra) & 1)) >>
                 extra;
  // The hidden bit, and a carry out of the rounding, both add 1 to the
  // exponent.
  return sign |
         (((uint32_t)(exponent - 1) << fractionBits) + (uint32_t)rounded);
}

#endif // OPML_GUEST_NARROWING_H
