//===- fmaximumf.c - Maximum ---------------------------------------------===//

#include "Binary32.h"

#include "Extremum.h"

uint32_t OPML_GUEST(fmaximumf)(uint32_t a, uint32_t b) { return maximum(a, b); }
