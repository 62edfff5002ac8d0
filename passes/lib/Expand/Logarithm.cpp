//===- Logarithm.cpp - The natural logarithm ------------------------------===//
//
// x = 2^e m with sqrt(1/2) <= m < sqrt(2), log(x) = e log(2) + d p(d) with
// d = m - 1, which is exact (J.-M. Muller, Elementary Functions, 3rd ed.,
// section 11.4). The sum is formed in 64 bits: the least result, near x = 1, is
// 2^-24 and has 32 bits still.
//
//===----------------------------------------------------------------------===//

#include "Logarithm.h"
#include "Coefficients.h"
#include "FixedPoint.h"
#include "Functions.h"

namespace opml::expand {

using namespace binary32;

Reduced reduceForLogarithm(Int magnitude) {
  constexpr uint64_t rootOfHalf = 0x3f3504f3;
  // A subnormal number as if its exponent field could be negative.
  Int zeros = magnitude.leadingZeros();
  Int subnormal = (magnitude << (zeros - 8)) + ((8 - zeros) << fractionBits);
  Int number = select(below(magnitude, hiddenBit), subnormal, magnitude);
  Int offset = number - rootOfHalf;
  // m - 1 in units of 2^-24 below 1 and of 2^-23 above; then in Q32.
  Int units = (offset & fractionMask) - (one - rootOfHalf);
  return {offset.sar(fractionBits),
          select(less(units, 0), units << 8, units << 9)};
}

Int naturalLogarithm(Int bits) {
  // log(2) in Q56.
  constexpr uint64_t log2 = 0x00b17217f7d1cf7a;
  Reduced x = reduceForLogarithm(bits);
  Int p = signedPolynomial(logarithm, x.d); // Q30
  Int product = (x.d.signExtended() * p.signExtended()).sar(6);
  Int sum = product + x.exponent.signExtended() * log2; // Q56
  // Off by 2^-56 where it is negative.
  Int sign = sum.high().sar(31);
  Normalized result = normalized({sum.high() ^ sign, sum.low() ^ sign});
  Int rounded = packNormal({(bias + 7) - result.zeros, result.mantissa}) |
                (sign & signBit);
  Int finite = select(bits == one, uint64_t(0), rounded);
  Int special = select(bits == infinity, infinity, bits.constant(canonicalNaN));
  Int ordered = select(below(bits, infinity), finite, special);
  return select((bits & magnitudeMask) == 0, infinity | signBit, ordered);
}

} // namespace opml::expand
