//===- Saturating.cpp - tanh and the error function -----------------------===//
//
// Both are odd, proportional to x near 0, and 1 - 2^-t with a function t of x
// that is easy to compute, or a quotient of such. One formula holds for all x:
// 1 - 2^-t is computed with a small relative error. Below 2^-14 the functions
// are proportional to x to 2^-29 of themselves; there the formula is that of a
// number in that binade, and the result is scaled.
//
//===----------------------------------------------------------------------===//

#include "Coefficients.h"
#include "Functions.h"
#include "PowerOfTwo.h"

namespace opml::expand {

using namespace binary32;

namespace {

struct Operand {
  Int sign, magnitude;
  Scaled clamped; // |x|, not below 2^-14
  Int scale;      // the power of two to multiply with

  explicit Operand(Int bits)
      : sign(bits & signBit), magnitude(bits & magnitudeMask),
        clamped(unpack(magnitude)), scale(clamped.field) {
    Int field = clamped.field;
    clamped.field = maxSigned(field, bias - 14);
    scale = field - clamped.field;
  }

  /// `result` with the operand's sign, 1 from the number with the bits `end`
  /// on.
  Int finish(const Scaled &result, uint64_t end) const {
    Int number = pack(normalizedByOne({result.field + scale, result.mantissa}));
    Int limited =
        select(below(magnitude, end), number, number.constant(one)) | sign;
    return select(isNaN(magnitude), canonicalNaN, limited);
  }
};

/// A number in Q63 that is not below 2^-15.
Scaled scaled(const Pair &fraction) {
  Normalized number = normalized(fraction);
  return {bias - number.zeros, number.mantissa};
}

} // namespace

/// (1 - E) / (1 + E) with E = exp(-2 |x|).
Int hyperbolicTangent(Int bits) {
  Operand x(bits);
  Pair complement =
      complementOf(timesLog2E({x.clamped.field + 1, x.clamped.mantissa}));
  Scaled numerator = scaled(complement);
  // 1 + E = 2 - (1 - E), in Q31.
  Int inverse = reciprocal(~complement.high);
  Int quotient = multiplyHigh(numerator.mantissa, inverse);
  // tanh(9.02) is 1 to 2^-25.
  return x.finish({numerator.field, quotient}, 0x41104e4a);
}

/// erfc(x) = 2^(-x g(x)) with a polynomial g.
Int errorFunctionOf(Int bits) {
  Operand x(bits);
  // x / 4 - 1/2 in Q32 for x < 4.
  Int shift = (bias + 1) - x.clamped.field;
  Int fixed = (x.clamped.mantissa >> shift) ^ signBit;
  Int g = signedPolynomial(errorFunction, fixed); // Q28
  Int product = multiplyWide(x.clamped.mantissa, g);
  Pair t = shiftedRight(split(product), shift + 2);
  // erf(3.92) is 1 to 2^-25.
  return x.finish(scaled(complementOf(t)), 0x407ae148);
}

} // namespace opml::expand
