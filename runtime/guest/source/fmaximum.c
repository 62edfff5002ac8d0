//===- fmaximum.c - Maximum ----------------------------------------------===//

#include "Binary64.h"

#include "Extremum.h"

uint64_t OPML_GUEST(fmaximum)(uint64_t a, uint64_t b) { return maximum(a, b); }
