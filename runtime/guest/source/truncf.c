//===- truncf.c - Round toward zero --------------------------------------===//

#include "Binary32.h"

#include "RoundToIntegral.h"

uint32_t OPML_GUEST(truncf)(uint32_t a) {
  return roundToIntegral(a, TowardZero);
}
