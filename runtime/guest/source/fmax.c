//===- fmax.c - Maximum of what is a number ------------------------------===//

#include "Binary64.h"

#include "Extremum.h"

uint64_t OPML_GUEST(fmax)(uint64_t a, uint64_t b) {
  return maximumNumber(a, b);
}
