//===- Power.cpp - x to the power of y ------------------------------------===//
//
// |x|^y = 2^(y log2 |x|). The product is up to 150 and needs an absolute error
// below 2^-27, so log2 |x| is computed with a relative error of 2^-35, however
// near to 1 x is: the last steps of Horner's scheme in 64 bits (J.-M. Muller,
// Elementary Functions, 3rd ed., section 11.6). Special cases are those of C's
// pow (ISO C17, F.10.4.4).
//
//===----------------------------------------------------------------------===//

#include "Coefficients.h"
#include "Functions.h"
#include "Logarithm.h"
#include "PowerOfTwo.h"

namespace opml::expand {

using namespace binary32;

namespace {

/// a * b / 2^32, for a of 64 bits and b of 32 bits, both signed.
Int multiplyShifted(Int a, Int b) {
  Int wide = b.signExtended();
  Int low = a.low().zeroExtended() * wide;
  return a.high().signExtended() * wide + low.sar(32);
}

/// A logarithm 2^(field - 127) * mantissa, the mantissa of 64 bits in Q63, with
/// its sign in all bits; 0 has the mantissa 0.
struct Logarithm {
  Int sign, field;
  Pair mantissa;
};

/// log2 of a positive number.
Logarithm binaryLogarithm(Int magnitude) {
  Reduced x = reduceForLogarithm(magnitude);
  Int tail = signedPolynomial(binaryLogarithmTail, x.d);
  Int sum = (tail.signExtended() * x.d.signExtended()).sar(2); // Q62
  sum = sum + binaryLogarithmHead[2];
  sum = multiplyShifted(sum, x.d) + binaryLogarithmHead[1];
  sum = multiplyShifted(sum, x.d) + binaryLogarithmHead[0];
  Int fraction = multiplyShifted(sum, x.d); // Q62
  // In Q62 where x is near to 1, else in Q54.
  Bool isNear = x.exponent == 0;
  Int whole = (x.exponent.signExtended() << 54) + fraction.sar(8);
  Int result = select(isNear, fraction, whole);
  // Off by 2^-54 of its least value where it is negative.
  Int sign = result.high().sar(31);
  Normalized number = normalized({result.high() ^ sign, result.low() ^ sign});
  Int field = select(isNear, sign.constant(bias + 1), sign.constant(bias + 9));
  Int low = (result.low() ^ sign) << number.zeros;
  return {sign, field - number.zeros, {number.mantissa, low}};
}

/// Whether a finite number that is not 0 is an odd integer, or none.
struct Parity {
  Bool isOdd, isFractional;
};

Parity parityOf(Int magnitude) {
  Int exponent = (magnitude >> fractionBits) - bias;
  Int mantissa = unpackNormal(magnitude).mantissa;
  // The bit of value 1 on top.
  Int bits = mantissa << exponent;
  Bool hasUnit = below(exponent, 32);
  Bool isBelowOne = below(magnitude, one);
  return {hasUnit & (bits == signBit),
          isBelowOne | (hasUnit & above(bits << 1, 0))};
}

} // namespace

Int power(Int x, Int y) {
  Int magnitudeX = x & magnitudeMask, magnitudeY = y & magnitudeMask;
  Logarithm logarithm = binaryLogarithm(magnitudeX);
  Scaled factor = unpackNormal(magnitudeY);
  Int shift = (2 * bias + 6) - logarithm.field - factor.field;
  Int mantissa = select(less(shift, 48), factor.mantissa, x.constant(0));
  // The mantissas' product, in Q62 if it is at least 2, else in Q63.
  Int product = multiplyWide(logarithm.mantissa.high, mantissa) +
                multiplyHigh(logarithm.mantissa.low, mantissa).zeroExtended();
  Bool isLow = less(~product, 0);
  product = select(isLow, product << 1, product);
  shift = select(isLow, shift + 1, shift);
  // |y log2 |x|| in Q8.56; the shift is taken modulo 32.
  Pair shifted = shiftedRight(split(product), shift);
  Bool isFar = less(x.constant(31), shift);
  Pair t{select(isFar, uint64_t(0), shifted.high),
         select(isFar, shifted.high, shifted.low)};
  Int sign = logarithm.sign ^ y.sar(31);
  Int magnitude = pack(powerOf(t, sign));

  // Beyond 2^8 in magnitude, or one of the factors infinite.
  Bool isHuge = less(shift, 0) | above(magnitudeY, infinity - 1) |
                (magnitudeX == 0) | (magnitudeX == infinity);
  Bool isBelowOne = below(magnitudeX, one), isNegativeY = less(y, 0);
  Int limit =
      select(isBelowOne ^ isNegativeY, uint64_t(0), x.constant(infinity));
  magnitude = select(isHuge, limit, magnitude);
  magnitude = select(magnitudeX == one, uint64_t(one), magnitude);

  Parity parity = parityOf(magnitudeY);
  Int withSign = magnitude | select(parity.isOdd, x & signBit, 0);
  // A fractional power of a negative number, but not of -0 and -infinity.
  Bool isNegativeX = above(x, signBit) & below(x, infinity | signBit);
  Bool isUndefined = isNegativeX & parity.isFractional;
  Bool hasNaN = isNaN(magnitudeX) | isNaN(magnitudeY);
  Int result = select(hasNaN | isUndefined, uint64_t(canonicalNaN), withSign);
  return select((magnitudeY == 0) | (x == one), uint64_t(one), result);
}

} // namespace opml::expand
