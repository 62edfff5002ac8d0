//===- fixsfsi.c - To signed 32-bit integer -----------------------------===//

#include "Binary32.h"

/// Rounds toward zero; out of range gives the nearest integer, a NaN gives 0.
int32_t OPML_GUEST(__fixsfsi)(uint32_t a) {
  if (isNaN(a))
    return 0;
  uint32_t exponent = biasedExponent(a);
  if (exponent < 127)
    return 0;
  if (exponent >= 127 + 31)
    return a & SIGN_BIT ? INT32_MIN : INT32_MAX;
  uint32_t magnitude = (normalSignificand(a) << 8) >> (127 + 31 - exponent);
  return (int32_t)(a & SIGN_BIT ? -magnitude : magnitude);
}
