//===- FixedPoint.cpp - What the expansions of functions share ------------===//

#include "FixedPoint.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace opml::expand {

using namespace binary32;

constexpr uint64_t topBit = uint64_t(1) << 31;

Scaled unpackNormal(Int magnitude) {
  return {magnitude >> fractionBits, (magnitude << 8) | topBit};
}

Scaled unpack(Int magnitude) {
  Bool isSubnormal = below(magnitude, hiddenBit);
  Int zeros = magnitude.leadingZeros();
  Scaled normal = unpackNormal(magnitude);
  return {select(isSubnormal, 9 - zeros, normal.field),
          select(isSubnormal, magnitude << zeros, normal.mantissa)};
}

Int packNormal(const Scaled &number) {
  Int rounded = ((number.mantissa >> 7) + 1) >> 1;
  return ((number.field - 1) << fractionBits) + rounded;
}

Int pack(const Scaled &number) {
  Int exponent = number.field - 1;
  Int base = maxSigned(exponent, 0);
  // Beyond 31 places nothing is left, beginning with 25.
  Int places = minUnsigned(base - exponent + 6, 31);
  Int rounded = (((number.mantissa >> 1) >> places) + 1) >> 1;
  Int finite = (base << fractionBits) + rounded;
  return select(above(base, 253), infinity, finite);
}

Scaled normalizedByOne(const Scaled &number) {
  Bool isLow = below(number.mantissa, topBit);
  return {select(isLow, number.field - 1, number.field),
          select(isLow, number.mantissa << 1, number.mantissa)};
}

Pair split(Int wide) { return {wide.high(), wide.low()}; }

Pair shiftedRight(const Pair &pair, Int amount) {
  Int fill = (pair.high << 1) << (amount ^ 31);
  return {pair.high >> amount, (pair.low >> amount) | fill};
}

Normalized normalized(const Pair &pair) {
  Int zeros = pair.high.leadingZeros();
  Int fill = (pair.low >> 1) >> (zeros ^ 31);
  return {(pair.high << zeros) | fill, zeros};
}

Int polynomial(ArrayRef<int64_t> coefficients, Int x) {
  Int sum = x.constant(coefficients.back());
  for (int64_t coefficient : reverse(coefficients.drop_back()))
    sum = multiplyHigh(sum, x) + coefficient;
  return sum;
}

Int alternatingPolynomial(ArrayRef<Int> coefficients, Int x) {
  Int sum = coefficients.back();
  for (const Int &coefficient : reverse(coefficients.drop_back()))
    sum = coefficient - multiplyHigh(sum, x);
  return sum;
}

Int alternatingPolynomial(ArrayRef<int64_t> coefficients, Int x) {
  SmallVector<Int> words;
  for (int64_t coefficient : coefficients)
    words.push_back(x.constant(coefficient));
  return alternatingPolynomial(words, x);
}

Int signedPolynomial(ArrayRef<int64_t> coefficients, Int x) {
  Int sum = x.constant(coefficients.back());
  for (int64_t coefficient : reverse(coefficients.drop_back()))
    sum = multiplyHighSigned(sum, x) + coefficient;
  return sum;
}

/// Newton's iteration r += r (1 - d r) from 24/17 - 8/17 d, which is off by at
/// most 1/17 (J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd
/// ed., section 4.7); each step squares the error.
Int reciprocal(Int d) {
  // In Q31.
  Int r = 0xb4b4b4b4 - multiplyHigh(d, 0x78787878);
  for (int step = 0; step < 3; ++step) {
    // In Q30, and not too large: r stays below 1 / d, and 1.
    Int error = 0x3fffffff - multiplyHigh(d, r);
    r = r + multiplyHighSigned(r, error << 2);
  }
  return (r << 1) | 1;
}

} // namespace opml::expand
