//===- extendsfdf2.c - From binary32 to binary64 -------------------------===//

#include "Binary32.h"

uint64_t OPML_GUEST(__extendsfdf2)(uint32_t a) {
  if (isNaN(a))
    return 0x7ff8000000000000;
  uint64_t sign = (uint64_t)(a & SIGN_BIT) << 32;
  if (isInfinity(a))
    return sign | 0x7ff0000000000000;
  if (isZero(a))
    return sign;
  struct Unpacked unpacked = unpackFinite(a);
  // The hidden bit adds 1 to the exponent.
  uint32_t exponent = (uint32_t)(unpacked.exponent + 1023 - BIAS) - 1;
  return sign | (((uint64_t)exponent << 52) +
                 ((uint64_t)unpacked.significand << (52 - FRACTION_BITS)));
}
