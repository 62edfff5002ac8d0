//===- fmaximum_numf.c - Maximum of what is a number ---------------------===//

#include "Binary32.h"

#include "Extremum.h"

uint32_t OPML_GUEST(fmaximum_numf)(uint32_t a, uint32_t b) {
  return maximumNumber(a, b);
}
