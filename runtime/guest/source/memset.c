//===- memset.c - Fill memory -------------------------------------------===//

#include "GuestSymbol.h"

void *OPML_GUEST(memset)(void *destination, int value, size_t size) {
  unsigned char *to = destination;
  unsigned char *end = to + size;
  if (((uintptr_t)to & 3) == 0) {
    uint32_t word = (uint32_t)(unsigned char)value * 0x01010101u;
    for (; end - to >= 4; to += 4)
      *(MayAlias32 *)to = word;
  }
  for (; to != end; ++to)
    *to = (unsigned char)value;
  return destination;
}
