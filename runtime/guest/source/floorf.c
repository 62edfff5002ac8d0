//===- floorf.c - Round downward -----------------------------------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(floorf)(uint32_t a) { return roundToIntegral(a, Downward); }
