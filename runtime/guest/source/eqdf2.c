//===- eqdf2.c - Equality ------------------------------------------------===//

#include "Binary64.h"

#include "Comparison.h"

/// Zero if and only if a == b; unordered operands are unequal.
int32_t OPML_GUEST(__eqdf2)(uint64_t a, uint64_t b) { return compare(a, b, 1); }
