//===- floor.c - Round downward ------------------------------------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(floor)(uint64_t a) { return roundToIntegral(a, Downward); }
