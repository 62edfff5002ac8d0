//===- truncdfsf2.c - From binary64 to binary32 --------------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__truncdfsf2)(uint64_t a) {
  uint64_t magnitude = a << 1 >> 1;
  if (magnitude > 0x7ff0000000000000)
    return CANONICAL_NAN;
  uint32_t sign = (uint32_t)(a >> 32) & SIGN_BIT;
  int32_t exponent = (int32_t)(magnitude >> 52);
  if (exponent == 0) // below every binary32 number
    return sign;
  // An infinity overflows as finite numbers do.
  uint32_t significand = (uint32_t)(magnitude >> 22) | ((a << 42) != 0);
  return roundAndPack(sign, exponent - 1023 + BIAS,
                      (significand & 0x3fffffff) | 0x40000000);
}
