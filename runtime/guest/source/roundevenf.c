//===- roundevenf.c - Round to nearest even ------------------------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(roundevenf)(uint32_t a) {
  return roundToIntegral(a, ToEven);
}
