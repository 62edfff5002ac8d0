//===- unorddf2.c - Unordered --------------------------------------------===//

#include "Binary64.h"

/// Non-zero if and only if a or b is a NaN.
int32_t OPML_GUEST(__unorddf2)(uint64_t a, uint64_t b) {
  return isNaN(a) || isNaN(b);
}
