//===- ceilf.c - Round upward --------------------------------------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(ceilf)(uint32_t a) { return roundToIntegral(a, Upward); }
