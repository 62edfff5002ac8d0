//===- PowerOfTwo.h - Range reduction to powers of two ----------*- C++ -*-===//

#ifndef OPML_PASSES_LIB_EXPAND_POWEROFTWO_H
#define OPML_PASSES_LIB_EXPAND_POWEROFTWO_H

#include "FixedPoint.h"

namespace opml::expand {

/// x log2(e) in Q8.56 for 0 <= x < 2^7; below 2^-25 it is 0.
Pair timesLog2E(const Scaled &number);

/// 2^t for t in Q8.56, or 2^-t where all bits of `sign` are set; t is then off
/// by 2^-56.
Scaled powerOf(const Pair &t, Int sign);

/// 1 - 2^-t in Q63 for 0 <= t < 32 in Q8.56, with a relative error of about
/// 2^-30 however small t is.
Pair complementOf(const Pair &t);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_POWEROFTWO_H
