//===- Binary32.cpp - The bits of a binary32 number -----------------------===//

#include "Binary32.h"

using namespace mlir;

namespace opml::expand {

using namespace binary32;

Int bitsOf(const Site &site, Value value) {
  return {site, arith::BitcastOp::create(site.builder, site.loc,
                                         site.builder.getI32Type(), value)};
}

Value valueOf(const Site &site, Int bits) {
  return arith::BitcastOp::create(site.builder, site.loc,
                                  site.builder.getF32Type(), bits.get());
}

Bool isNaN(Int magnitude) { return above(magnitude, infinity); }

Int canonical(Int bits) {
  return select(isNaN(bits & magnitudeMask), canonicalNaN, bits);
}

/// Orders all numbers as signed integers, -0 before +0.
static Int key(Int bits) { return bits ^ (bits.sar(31) & magnitudeMask); }

static Int extremum(Int a, Int b, arith::CmpIPredicate predicate) {
  Int keyA = key(a), keyB = key(b);
  Bool first = keyA.is(predicate, keyB);
  Bool nanA = isNaN(a & magnitudeMask), nanB = isNaN(b & magnitudeMask);
  return select(nanA | nanB, canonicalNaN, select(first, a, b));
}

Int maximum(Int a, Int b) { return extremum(a, b, arith::CmpIPredicate::sgt); }

Int minimum(Int a, Int b) { return extremum(a, b, arith::CmpIPredicate::slt); }

Int negated(Int bits) {
  return select(isNaN(bits & magnitudeMask), canonicalNaN, bits ^ signBit);
}

Int absolute(Int bits) {
  Int magnitude = bits & magnitudeMask;
  return select(isNaN(magnitude), canonicalNaN, magnitude);
}

namespace {

/// How the bits of a number divide at the binary point.
struct Split {
  Int magnitude, sign;
  Int fraction;    // mask of the bits behind the point, if |x| >= 1
  Bool isSmall;    // |x| < 1
  Bool isIntegral; // by its exponent, or infinite or NaN

  explicit Split(Int bits)
      : magnitude(bits & magnitudeMask), sign(bits & signBit),
        fraction(bits.constant(fractionMask) >>
                 ((magnitude >> fractionBits) - bias)),
        isSmall(below(magnitude, one)),
        isIntegral(above(magnitude,
                         (bias + fractionBits) * uint64_t(hiddenBit) - 1)) {}

  /// The result from the magnitudes of its three cases.
  Int join(Int small, Int large) const {
    Int rounded = select(isSmall, small, large);
    Int number = select(isIntegral, magnitude, rounded) | sign;
    return select(isNaN(magnitude), canonicalNaN, number);
  }
};

/// Rounded to the next integral number away from zero where `away`, else
/// toward zero. A carry out of the fraction is one into the exponent.
Int roundedDirected(const Split &split, Int away) {
  Int fraction = split.fraction;
  Int large = (split.magnitude + (fraction & away)) & ~fraction;
  Int small = select(split.magnitude == 0, uint64_t(0), away & uint64_t(one));
  return split.join(small, large);
}

} // namespace

Int roundedUp(Int bits) { return roundedDirected(Split(bits), ~bits.sar(31)); }

Int roundedDown(Int bits) { return roundedDirected(Split(bits), bits.sar(31)); }

Int roundedToEven(Int bits) {
  Split split(bits);
  Int fraction = split.fraction, magnitude = split.magnitude;
  // The last bit of the integer part: its lowest one above the fraction, which
  // for 1 <= |x| < 2 is that of the odd exponent field.
  Int odd =
      select((magnitude & (fraction + 1)) == 0, uint64_t(0), bits.constant(1));
  Int large = (magnitude + (fraction >> 1) + odd) & ~fraction;
  Int half = bits.constant(one - hiddenBit);
  Int small = select(below(half, magnitude), one, bits.constant(0));
  return split.join(small, large);
}

} // namespace opml::expand
