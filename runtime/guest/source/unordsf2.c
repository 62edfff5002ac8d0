//===- unordsf2.c - Unordered --------------------------------------------===//

#include "Binary32.h"

/// Non-zero if and only if a or b is a NaN.
int32_t OPML_GUEST(__unordsf2)(uint32_t a, uint32_t b) {
  return isNaN(a) || isNaN(b);
}
