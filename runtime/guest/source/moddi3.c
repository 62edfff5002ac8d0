//===- moddi3.c - Signed 64-bit remainder -------------------------------===//

#include "Division64.h"

/// Has the sign of a.
int64_t OPML_GUEST(__moddi3)(int64_t a, int64_t b) {
  uint64_t remainder =
      divideUnsigned64(magnitude64(a), magnitude64(b)).remainder;
  return (int64_t)(a < 0 ? -remainder : remainder);
}
