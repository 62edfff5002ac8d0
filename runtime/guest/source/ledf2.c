//===- ledf2.c - Less than or equal --------------------------------------===//

#include "Binary64.h"

#include "Comparison.h"

/// Zero or negative if and only if a <= b.
int32_t OPML_GUEST(__ledf2)(uint64_t a, uint64_t b) { return compare(a, b, 1); }
