//===- eqsf2.c - Equality ------------------------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Zero if and only if a == b; unordered operands are unequal.
int32_t OPML_GUEST(__eqsf2)(uint32_t a, uint32_t b) { return compare(a, b, 1); }
