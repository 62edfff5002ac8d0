//===- round.c - Round to nearest, halves away from zero -----------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(round)(uint64_t a) { return roundToIntegral(a, HalfAway); }
