//===- fminimumf.c - Minimum ---------------------------------------------===//

#include "Binary32.h"

#include "Extremum.h"

uint32_t OPML_GUEST(fminimumf)(uint32_t a, uint32_t b) { return minimum(a, b); }
