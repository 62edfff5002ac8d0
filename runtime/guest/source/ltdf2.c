//===- ltdf2.c - Less than -----------------------------------------------===//

#include "Binary64.h"

#include "Comparison.h"

/// Negative if and only if a < b.
int32_t OPML_GUEST(__ltdf2)(uint64_t a, uint64_t b) { return compare(a, b, 1); }
