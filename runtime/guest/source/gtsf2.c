//===- gtsf2.c - Greater than --------------------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Positive if and only if a > b.
int32_t OPML_GUEST(__gtsf2)(uint32_t a, uint32_t b) {
  return compare(a, b, -1);
}
