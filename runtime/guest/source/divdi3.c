//===- divdi3.c - Signed 64-bit quotient --------------------------------===//

#include "Division64.h"

/// Rounds toward zero; INT64_MIN / -1 is INT64_MIN.
int64_t OPML_GUEST(__divdi3)(int64_t a, int64_t b) {
  uint64_t quotient = divideUnsigned64(magnitude64(a), magnitude64(b)).quotient;
  return (int64_t)((a < 0) != (b < 0) ? -quotient : quotient);
}
