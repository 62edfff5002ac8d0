//===- truncsfbf2.c - From binary32 to bfloat16 --------------------------===//

#include "Binary32.h"

#include "Narrowing.h"

uint32_t OPML_GUEST(__truncsfbf2)(uint32_t a) {
  return narrow(a, BFLOAT16_FRACTION_BITS);
}
