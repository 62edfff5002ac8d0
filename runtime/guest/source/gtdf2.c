//===- gtdf2.c - Greater than --------------------------------------------===//

#include "Binary64.h"

#include "Comparison.h"

/// Positive if and only if a > b.
int32_t OPML_GUEST(__gtdf2)(uint64_t a, uint64_t b) {
  return compare(a, b, -1);
}
