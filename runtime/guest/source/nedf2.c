//===- nedf2.c - Inequality ----------------------------------------------===//

#include "Binary64.h"

#include "Comparison.h"

/// Non-zero if and only if a != b or they are unordered.
int32_t OPML_GUEST(__nedf2)(uint64_t a, uint64_t b) { return compare(a, b, 1); }
