//===- umoddi3.c - Unsigned 64-bit remainder ----------------------------===//

#include "Division64.h"

uint64_t OPML_GUEST(__umoddi3)(uint64_t a, uint64_t b) {
  return divideUnsigned64(a, b).remainder;
}
