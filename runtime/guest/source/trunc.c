//===- trunc.c - Round toward zero ---------------------------------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(trunc)(uint64_t a) {
  return roundToIntegral(a, TowardZero);
}
