//===- ltsf2.c - Less than -----------------------------------------------===//

#include "Binary32.h"

#include "Comparison.h"

/// Negative if and only if a < b.
int32_t OPML_GUEST(__ltsf2)(uint32_t a, uint32_t b) { return compare(a, b, 1); }
