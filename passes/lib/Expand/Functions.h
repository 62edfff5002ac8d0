//===- Functions.h - Functions of binary32 numbers --------------*- C++ -*-===//
//
// From bits to bits, at most one unit in the last place from the correctly
// rounded result for every operand (docs/numerics.md has what was measured). A
// NaN gives the canonical one, but for powers of 1 and to 0.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PASSES_LIB_EXPAND_FUNCTIONS_H
#define OPML_PASSES_LIB_EXPAND_FUNCTIONS_H

#include "Integer.h"

namespace opml::expand {

Int exponential(Int bits);
/// 1 / (1 + exp(-x)).
Int logistic(Int bits);
Int hyperbolicTangent(Int bits);
Int errorFunctionOf(Int bits);
/// Natural; of a negative number NaN.
Int naturalLogarithm(Int bits);
/// x to the power of y, as C's pow.
Int power(Int x, Int y);
/// In radians.
Int sineOf(Int bits);
Int cosineOf(Int bits);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_FUNCTIONS_H
