//===- lshrdi3.c - 64-bit logical right shift ---------------------------===//

#include "GuestSymbol.h"

uint64_t OPML_GUEST(__lshrdi3)(uint64_t a, uint32_t shift) {
  uint32_t low = (uint32_t)a;
  uint32_t high = (uint32_t)(a >> 32);
  if (shift & 32)
    return high >> (shift & 31);
  low = low >> (shift & 31) | (high << 1) << (~shift & 31);
  return (uint64_t)(high >> (shift & 31)) << 32 | low;
}
