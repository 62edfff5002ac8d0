//===- muldi3.c - 64-bit product ----------------------------------------===//

#include "GuestSymbol.h"

uint64_t OPML_GUEST(__muldi3)(uint64_t a, uint64_t b) {
  uint32_t lowA = (uint32_t)a;
  uint32_t lowB = (uint32_t)b;
  uint32_t cross = (uint32_t)(a >> 32) * lowB + lowA * (uint32_t)(b >> 32);
  return (uint64_t)lowA * lowB + ((uint64_t)cross << 32);
}
