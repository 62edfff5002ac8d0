//===- truncdfbf2.c - From binary64 to bfloat16 --------------------------===//

#include "Binary64.h"

#include "Narrowing.h"

uint32_t OPML_GUEST(__truncdfbf2)(uint64_t a) {
  return narrow(a, BFLOAT16_FRACTION_BITS);
}
