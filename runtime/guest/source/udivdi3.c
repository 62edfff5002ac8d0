//===- udivdi3.c - Unsigned 64-bit quotient -----------------------------===//

#include "Division64.h"

uint64_t OPML_GUEST(__udivdi3)(uint64_t a, uint64_t b) {
  return divideUnsigned64(a, b).quotient;
}
