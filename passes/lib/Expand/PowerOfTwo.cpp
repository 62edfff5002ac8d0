//===- PowerOfTwo.cpp - Range reduction to powers of two ------------------===//
//
// exp(x) = 2^n 2^f with n + f = x log2(e): J.-M. Muller, Elementary Functions,
// 3rd ed., section 11.1. The product is formed in 64 bits, so f has an absolute
// error of 2^-55, and no second step of a Cody-Waite reduction is needed.
//
//===----------------------------------------------------------------------===//

#include "PowerOfTwo.h"
#include "Coefficients.h"

namespace opml::expand {

Pair timesLog2E(const Scaled &number) {
  // log2(e) in Q63.
  constexpr uint64_t high = 0xb8aa3b29, low = 0x5c17f0bb;
  // 2^6 <= |x| < 2^7 needs no shift.
  Int shift = (binary32::bias + 6) - number.field;
  Int mantissa =
      select(below(shift, 32), number.mantissa, number.mantissa.constant(0));
  Int product = multiplyWide(mantissa, mantissa.constant(high)) +
                multiplyHigh(mantissa, low).zeroExtended();
  return shiftedRight(split(product), shift);
}

/// The bits behind the binary point of a Q8.56 number in Q32.
static Int fractionOf(const Pair &t) { return (t.high << 8) | (t.low >> 24); }

Scaled powerOf(const Pair &t, Int sign) {
  Int whole = (t.high >> 24) ^ sign;
  Int fraction = fractionOf({t.high ^ sign, t.low ^ sign});
  return {whole + binary32::bias, polynomial(powerOfTwo, fraction)};
}

Pair complementOf(const Pair &t) {
  Int fraction = fractionOf(t);
  Int quotient = alternatingPolynomial(complementOfPower, fraction);
  // b = 1 - 2^-f in Q64, f with all its bits.
  Int b = multiplyWide(fraction, quotient) +
          multiplyHigh(t.low << 8, quotient).zeroExtended();
  // 1 - 2^-n (1 - b).
  constexpr uint64_t one = uint64_t(1) << 63;
  Int rest = one - (b >> 1);
  Pair shifted = shiftedRight(split(rest), t.high >> 24);
  Int power = (shifted.high.zeroExtended() << 32) | shifted.low.zeroExtended();
  return split(one - power);
}

} // namespace opml::expand
