//===- Trigonometric.cpp - sin and cos ------------------------------------===//
//
// x * 2/pi modulo 4 by M. Payne and R. Hanek, Radian reduction for
// trigonometric functions, SIGNUM Newsletter 18(1), 1983: of the product of x
// and 2/pi only those 96 bits of 2/pi are taken whose products are not
// multiples of 4 and not below 2^-70. No binary32 number comes closer to a
// multiple of pi/2 than 2^-32 or so (J.-M. Muller, Elementary Functions, 3rd
// ed., section 11.2), thus 30 bits of the reduced operand are left.
//
//===----------------------------------------------------------------------===//

#include "Coefficients.h"
#include "FixedPoint.h"
#include "Functions.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;

namespace opml::expand {

using namespace binary32;

namespace {

/// x = (quadrant + f) pi/2 modulo 2 pi with -1/2 <= f <= 1/2.
struct ReducedAngle {
  Int quadrant; // modulo 4
  Int sign;     // of f, as the sign bit
  Pair f;       // |f| in Q64
};

/// 64 zero bits, then those of 2/pi behind the binary point.
constexpr uint64_t twoOverPi[] = {0,          0,          0xa2f9836e,
                                  0x4e441529, 0xfc2757d1, 0xf534ddc0,
                                  0xdb629599, 0x3c439041, 0xfe5163ab};

/// 96 bits of the table from bit `position`, which is below 192, in words.
SmallVector<Int> tableBits(Int position) {
  SmallVector<Int> words;
  Bool isOdd = less(position << 26, 0), isUpper = less(position << 25, 0),
       isTop = less(position << 24, 0);
  auto at = [&](unsigned index) { return position.constant(twoOverPi[index]); };
  for (unsigned i = 0; i < 5; ++i)
    words.push_back(
        select(isTop, at(i + 4), select(isUpper, at(i + 2), at(i))));
  for (unsigned i = 0; i < 4; ++i)
    words[i] = select(isOdd, words[i + 1], words[i]);
  SmallVector<Int> bits;
  for (unsigned i = 0; i < 3; ++i)
    bits.push_back((words[i] << position) |
                   ((words[i + 1] >> 1) >> (position ^ 31)));
  return bits;
}

/// The operand is at least 2^-14.
ReducedAngle reduce(const Scaled &x) {
  Int integer = x.mantissa >> 8; // x = integer * 2^(field - 150)
  SmallVector<Int> bits = tableBits(x.field - 88);
  // Modulo 4, in Q62.
  Int product = ((integer * bits[0]).zeroExtended() << 32) +
                multiplyWide(integer, bits[1]) +
                multiplyHigh(integer, bits[2]).zeroExtended();
  Pair fraction = split(product << 2);
  Int flip = fraction.high.sar(31);
  Int half = (product >> 61) & 1;
  return {((product >> 62) + half).low(),
          fraction.high & signBit,
          {fraction.high ^ flip, fraction.low ^ flip}};
}

/// The sine of `quarters` pi/2 more than the operand; `sign` and the power of
/// two `scale` are factors of f.
Int sineOfReduced(const ReducedAngle &reduced, unsigned quarters, Int sign,
                  Int scale) {
  Int quadrant = reduced.quadrant + quarters;
  Bool isCosine = less(quadrant << 31, 0);
  Int square = multiplyHigh(reduced.f.high, reduced.f.high);
  SmallVector<Int> coefficients;
  for (auto [c, s] : zip_equal(cosine, sine))
    coefficients.push_back(
        select(isCosine, square.constant(c), square.constant(s)));
  // cos in Q31, or sin(f pi/2) / f, which f is a factor of.
  Int series = alternatingPolynomial(coefficients, square);
  Normalized f = normalized(reduced.f);
  Int factor = select(isCosine, square.constant(0xffffffff), f.mantissa);
  Int exponent = select(isCosine, uint64_t(0), scale - f.zeros);
  Int magnitude =
      pack(normalizedByOne({exponent + bias, multiplyHigh(series, factor)}));
  Int half = (quadrant << 30) & signBit;
  return magnitude ^ half ^ select(isCosine, uint64_t(0), sign);
}

Int finish(Int magnitude, Int result) {
  return select(below(magnitude, infinity), result,
                magnitude.constant(canonicalNaN));
}

} // namespace

/// Below 2^-14 the sine is the operand to 2^-30 of it.
Int sineOf(Int bits) {
  Int magnitude = bits & magnitudeMask;
  Scaled x = unpack(magnitude);
  Int field = maxSigned(x.field, bias - 14);
  ReducedAngle reduced = reduce({field, x.mantissa});
  Int sign = bits & signBit;
  Int result = sineOfReduced(reduced, 0, reduced.sign, x.field - field) ^ sign;
  return finish(magnitude, result);
}

/// Below 2^-14 the cosine is 1.
Int cosineOf(Int bits) {
  Int magnitude = bits & magnitudeMask;
  Scaled x = unpackNormal(magnitude);
  Int field = maxSigned(x.field, bias - 14);
  ReducedAngle reduced = reduce({field, x.mantissa});
  Int result = sineOfReduced(reduced, 1, reduced.sign, magnitude.constant(0));
  return finish(magnitude, result);
}

} // namespace opml::expand
