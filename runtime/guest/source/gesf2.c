//===- gesf2.c - Greater than or equal -----------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Zero or positive if and only if a >= b.
int32_t OPML_GUEST(__gesf2)(uint32_t a, uint32_t b) {
  return compare(a, b, -1);
}
