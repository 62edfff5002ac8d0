//===- ceil.c - Round upward ---------------------------------------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(ceil)(uint64_t a) { return roundToIntegral(a, Upward); }
