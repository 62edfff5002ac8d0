//===- truncsfhf2.c - From binary32 to binary16 --------------------------===//

#include "Binary32.h"

#include "Narrowing.h"

uint32_t OPML_GUEST(__truncsfhf2)(uint32_t a) {
  return narrow(a, BINARY16_FRACTION_BITS);
}
