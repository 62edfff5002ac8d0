//===- fminimum.c - Minimum ----------------------------------------------===//

#include "Binary64.h"

#include "Extremum.h"

uint64_t OPML_GUEST(fminimum)(uint64_t a, uint64_t b) { return minimum(a, b); }
