//===- truncdfhf2.c - From binary64 to binary16 --------------------------===//

#include "Binary64.h"

#include "Narrowing.h"

uint32_t OPML_GUEST(__truncdfhf2)(uint64_t a) {
  return narrow(a, BINARY16_FRACTION_BITS);
}
