//===- roundf.c - Round to nearest, halves away from zero ----------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(roundf)(uint32_t a) { return roundToIntegral(a, HalfAway); }
