//===- FixedPoint.h - What the expansions of functions share ----*- C++ -*-===//
//
// Qk is the format of an integer that stands for itself times 2^-k. Between the
// bits of the operand and of the result the expansions compute in Q formats of
// 32 bits, with 64 where a difference may cancel: on a machine without floating
// point that takes a tenth of the steps, and it is the same everywhere.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PASSES_LIB_EXPAND_FIXEDPOINT_H
#define OPML_PASSES_LIB_EXPAND_FIXEDPOINT_H

#include "Binary32.h"
#include "llvm/ADT/ArrayRef.h"

namespace opml::expand {

/// A number 2^(field - 127) * mantissa, the mantissa in Q31 and at least 1. The
/// field is that of binary32, but of any size.
struct Scaled {
  Int field, mantissa;
};

/// The magnitude of a finite number; a zero has the mantissa 0.
Scaled unpack(Int magnitude);
/// The same, but only for numbers that are not subnormal.
Scaled unpackNormal(Int magnitude);

/// Rounds to nearest; subnormal numbers, zero and infinity too. The mantissa
/// may be 0 if the field is at most 1.
Int pack(const Scaled &number);
/// Rounds to nearest where the result is neither subnormal nor infinite.
Int packNormal(const Scaled &number);
/// `number` with a mantissa of at least 1, if it was at least 1/2.
Scaled normalizedByOne(const Scaled &number);

/// 64 bits as two words.
struct Pair {
  Int high, low;
};
Pair split(Int wide);
/// By 0 … 31 places; the amount is taken modulo 32.
Pair shiftedRight(const Pair &pair, Int amount);
/// Without leading zeros, of which there are at most 31, and their number.
struct Normalized {
  Int mantissa, zeros;
};
Normalized normalized(const Pair &pair);

/// Horner's scheme; x in Q32, the result in the format of the coefficients.
/// All terms are positive, …
Int polynomial(llvm::ArrayRef<int64_t> coefficients, Int x);
/// … their signs alternate, …
Int alternatingPolynomial(llvm::ArrayRef<Int> coefficients, Int x);
Int alternatingPolynomial(llvm::ArrayRef<int64_t> coefficients, Int x);
/// … or coefficients and x are signed.
Int signedPolynomial(llvm::ArrayRef<int64_t> coefficients, Int x);

/// 1 / d in Q32 for 1 <= d < 2 in Q31.
Int reciprocal(Int d);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_FIXEDPOINT_H
