//===- fixunssfsi.c - To unsigned 32-bit integer ------------------------===//

#include "Binary32.h"

/// Rounds toward zero; out of range gives the nearest integer, a NaN gives 0.
uint32_t OPML_GUEST(__fixunssfsi)(uint32_t a) {
  uint32_t exponent = biasedExponent(a);
  if (isNaN(a) || (a & SIGN_BIT) || exponent < 127)
    return 0;
  if (exponent >= 127 + 32)
    return UINT32_MAX;
  return (normalSignificand(a) << 8) >> (127 + 31 - exponent);
}
