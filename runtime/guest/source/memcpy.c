//===- memcpy.c - Copy disjoint memory ----------------------------------===//

#include "GuestSymbol.h"

void *OPML_GUEST(memcpy)(void *restrict destination,
                         const void *restrict source, size_t size) {
  unsigned char *to = destination;
  const unsigned char *from = source;
  unsigned char *end = to + size;
  if ((((uintptr_t)to | (uintptr_t)from) & 3) == 0)
    for (; end - to >= 4; to += 4, from += 4)
      *(MayAlias32 *)to = *(const MayAlias32 *)from;
  for (; to != end; ++to, ++from)
    *to = *from;
  return destination;
}
