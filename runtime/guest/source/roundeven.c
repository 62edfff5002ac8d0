//===- roundeven.c - Round to nearest even -------------------------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(roundeven)(uint64_t a) {
  return roundToIntegral(a, ToEven);
}
