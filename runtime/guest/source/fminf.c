//===- fminf.c - Minimum of what is a number -----------------------------===//

#include "Binary32.h"

#include "Extremum.h"

uint32_t OPML_GUEST(fminf)(uint32_t a, uint32_t b) {
  return minimumNumber(a, b);
}
