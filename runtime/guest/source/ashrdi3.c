//===- ashrdi3.c - 64-bit arithmetic right shift ------------------------===//

#include "GuestSymbol.h"

int64_t OPML_GUEST(__ashrdi3)(int64_t a, uint32_t shift) {
  uint32_t low = (uint32_t)a;
  int32_t high = (int32_t)(a >> 32);
  if (shift & 32)
    return high >> (shift & 31);
  low = low >> (shift & 31) | ((uint32_t)high << 1) << (~shift & 31);
  return (int64_t)((uint64_t)(uint32_t)(high >> (shift & 31)) << 32 | low);
}
