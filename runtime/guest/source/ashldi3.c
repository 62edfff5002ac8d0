//===- ashldi3.c - 64-bit left shift ------------------------------------===//

#include "GuestSymbol.h"

uint64_t OPML_GUEST(__ashldi3)(uint64_t a, uint32_t shift) {
  uint32_t low = (uint32_t)a;
  uint32_t high = (uint32_t)(a >> 32);
  if (shift & 32)
    return (uint64_t)(low << (shift & 31)) << 32;
  high = high << (shift & 31) | (low >> 1) >> (~shift & 31);
  return (uint64_t)high << 32 | low << (shift & 31);
}
