//===- lesf2.c - Less than or equal --------------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Zero or negative if and only if a <= b.
int32_t OPML_GUEST(__lesf2)(uint32_t a, uint32_t b) { return compare(a, b, 1); }
