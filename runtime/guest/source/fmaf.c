//===- fmaf.c - Fused multiply-add ---------------------------------------===//

#include "Multiplication32.h"

#include "FusedMultiplyAdd.h"

/// Rounds high:low, high != 0, to the number whose sign bit and exponent are
/// `top` less the number of leading zeros of high; no carry is lost in
/// `high:low << lead`, and none leaves the normal numbers.
static ALWAYS_INLINE uint32_t normaliseAndPack(uint32_t high, uint32_t low,
                                               uint32_t top) {
  uint32_t lead = (uint32_t)__builtin_clz(high);
  high = high << (lead & 31) | low >> (-lead & 31);
  low <<= lead & 31;
  return ((top - lead) << 23) + roundTo24Bits(high, low);
}

/// Normal numbers whose sum is exact in 64 bits: the product stays where multu
/// leaves it, its leading bit at 46 or 47; c, its leading bit at 61, is shifted
/// right by less than 32 to meet it.
static ALWAYS_INLINE uint32_t fusedMultiplyAddNear(uint32_t a, uint32_t b,
                                                   uint32_t c, uint32_t shift) {
  // Before the factors' registers are reused for their significands.
  uint32_t signs = a ^ b ^ c;
  uint32_t top = c >> 23;
  KEEP(signs);
  KEEP(top);
  uint64_t product = (uint64_t)normalSignificand(a) * normalSignificand(b);
  uint32_t high = (uint32_t)(product >> 32);
  uint32_t low = (uint32_t)product;
  uint32_t significandC = normalSignificand(c);
  uint32_t notShift = ~shift;
  KEEP(notShift);
  uint32_t highC = (significandC << 6) >> shift;
  uint32_t lowC = (significandC << 7) << (notShift & 31);
  // The exponent that a leading bit at 63 has, under the sign of c.
  top -= notShift;

  if ((int32_t)signs >= 0) {
    low += lowC;
    high += highC + (low < lowC);
    return normaliseAndPack(high, low, top);
  }
  uint32_t borrow = low < lowC;
  low -= lowC;
  high -= highC + borrow;
  if ((int32_t)high < 0) {
    high = ~high + (low == 0);
    low = -low;
  } else {
    top ^= 0x100; // the product is the larger one
  }
  if (UNLIKELY(high == 0))
    return low == 0 ? 0 : normaliseAndPack(low, 0, top - 32);
  return normaliseAndPack(high, low, top);
}

uint32_t OPML_GUEST(fmaf)(uint32_t a, uint32_t b, uint32_t c) {
  // After a Relu half of the factors are zero.
  if (isZero(a))
    return addZeroProduct(b, a ^ b, c);
  if (isZero(b))
    return addZeroProduct(a, a ^ b, c);

  // A shift in range bounds the product by c, and c leaves room below for the
  // 47 bits that may cancel, above for the carry: no result leaves the normal
  // numbers.
  uint32_t exponentA = biasedExponent(a) - 81;
  uint32_t exponentB = biasedExponent(b) - 81;
  uint32_t exponentC = biasedExponent(c) - 50;
  if (LIKELY((exponentA | exponentB | exponentC) < 128)) {
    KEEP(exponentC);
    uint32_t shift = exponentA + exponentB - exponentC;
    if (LIKELY(shift < 32))
      return fusedMultiplyAddNear(a, b, c, shift);
  }
  if (isZero(c)) // a sum begins; the product, not zero, keeps its sign
    return multiply32(a, b);
  return fusedMultiplyAdd(a, b, c);
}
