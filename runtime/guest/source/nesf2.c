//===- nesf2.c - Inequality ----------------------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Non-zero if and only if a != b or they are unordered.
int32_t OPML_GUEST(__nesf2)(uint32_t a, uint32_t b) { return compare(a, b, 1); }
