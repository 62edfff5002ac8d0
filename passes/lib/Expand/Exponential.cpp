//===- Exponential.cpp - exp and the logistic function --------------------===//

#include "Functions.h"
#include "PowerOfTwo.h"

namespace opml::expand {

using namespace binary32;

/// The bits of 2^7: beyond, both functions have reached their limits.
constexpr uint64_t limit = uint64_t(bias + 7) << fractionBits;

/// `result` within the limits, `atEnd` beyond them.
static Int withLimits(Int magnitude, Int result, Int atEnd) {
  Int limited = select(below(magnitude, limit), result, atEnd);
  return select(isNaN(magnitude), canonicalNaN, limited);
}

Int exponential(Int bits) {
  Int magnitude = bits & magnitudeMask, sign = bits.sar(31);
  Pair t = timesLog2E(unpackNormal(magnitude));
  Scaled power = powerOf(t, sign);
  return withLimits(magnitude, pack(power), ~sign & infinity);
}

/// With E = exp(-|x|), the result is E / (1 + E) for negative x, else
/// 1 / (1 + E).
Int logistic(Int bits) {
  Int magnitude = bits & magnitudeMask;
  Bool isNegative = less(bits, 0);
  Pair t = timesLog2E(unpackNormal(magnitude));
  Scaled power = powerOf(t, bits.constant(~uint64_t(0)));
  // E in Q31; below 2^-31 it is 0.
  Int places = minUnsigned((bias - 1) - power.field, 31);
  Int e = (power.mantissa >> 1) >> places;
  Int inverse = reciprocal(e | (uint64_t(1) << 31));
  Int numerator = multiplyHigh(power.mantissa, inverse);
  Scaled quotient{
      select(isNegative, power.field, power.field.constant(bias - 1)),
      select(isNegative, numerator, inverse)};
  Int atEnd = select(isNegative, uint64_t(0), bits.constant(one));
  return withLimits(magnitude, pack(normalizedByOne(quotient)), atEnd);
}

} // namespace opml::expand
