//===- extendhfsf2.c - From binary16 to binary32 -------------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__extendhfsf2)(uint32_t a) {
  uint32_t sign = (a & 0x8000) << 16;
  uint32_t exponent = a >> 10 & 31;
  uint32_t significand = a & 0x3ff;
  if (exponent == 31)
    return significand ? CANONICAL_NAN : sign | INFINITY_BITS;
  if (exponent == 0) {
    if (significand == 0)
      return sign;
    uint32_t shift = (uint32_t)__builtin_clz(significand) - 21;
    significand <<= shift; // its leading bit adds 1 to the exponent
    exponent -= shift;
  }
  return sign | (((exponent + BIAS - 15) << FRACTION_BITS) +
                 (significand << (FRACTION_BITS - 10)));
}
