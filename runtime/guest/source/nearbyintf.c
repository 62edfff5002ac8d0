//===- nearbyintf.c - Round as the machine does --------------------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(nearbyintf)(uint32_t a) {
  return roundToIntegral(a, ToEven);
}
