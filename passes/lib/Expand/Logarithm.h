//===- Logarithm.h - Range reduction of logarithms --------------*- C++ -*-===//

#ifndef OPML_PASSES_LIB_EXPAND_LOGARITHM_H
#define OPML_PASSES_LIB_EXPAND_LOGARITHM_H

#include "Integer.h"

namespace opml::expand {

/// 2^exponent * (1 + d) with d in Q32, exact, and sqrt(1/2) - 1 <= d <
/// sqrt(2) - 1.
struct Reduced {
  Int exponent, d;
};

/// Of a positive finite number, subnormal ones too.
Reduced reduceForLogarithm(Int magnitude);

} // namespace opml::expand

#endif // OPML_PASSES_LIB_EXPAND_LOGARITHM_H
