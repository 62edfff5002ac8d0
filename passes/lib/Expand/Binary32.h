//===- Binary32.h - The bits of a binary32 number ---------------*- C++ -*-===//

#ifndef OPML_PASSES_LIB_EXPAND_BINARY32_H
#define OPML_PASSES_LIB_EXPAND_BINARY32_H

#include "Integer.h"

namespace opml::expand {

namespace binary32 {
inline constexpr uint32_t signBit = 0x80000000, magnitudeMask = 0x7fffffff,
                          fractionMask = 0x007fffff, infinity = 0x7f800000,
                          canonicalNaN = 0x7fc00000, one = 0x3f800000,
                          hiddenBit = 0x00800000;
inline constexpr unsigned fractionBits = 23, bias = 127;
} // namespace binary32

/// A float value's bits, and bits as a value.
Int bitsOf(const Site &site, mlir::Value value);
mlir::Value valueOf(const Site &site, Int bits);

/// `magnitude` is that of a number's bits, without the sign.
Bool isNaN(Int magnitude);

/// The bits, or the canonical NaN for any NaN.
Int canonical(Int bits);
/// IEEE 754-2019 maximum and minimum: -0 is less than +0.
Int maximum(Int a, Int b);
Int minimum(Int a, Int b);
/// -x, |x|: a NaN gives the canonical one.
Int negated(Int bits);
Int absolute(Int bits);
/// Rounded to an integral number in binary32; the sign stays where it is 0.
Int roundedUp(Int bits);
Int roundedDown(Int bits);
/// The even one of two nearest.
Int roundedToEven(Int bits);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_BINARY32_H
