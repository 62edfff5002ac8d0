//===- fmin.c - Minimum of what is a number ------------------------------===//

#include "Binary64.h"

#include "Extremum.h"

uint64_t OPML_GUEST(fmin)(uint64_t a, uint64_t b) {
  return minimumNumber(a, b);
}
