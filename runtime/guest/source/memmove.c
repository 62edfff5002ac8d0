//===- memmove.c - Copy memory that may overlap -------------------------===//

#include "GuestSymbol.h"

void *OPML_GUEST(memmove)(void *destination, const void *source, size_t size) {
  unsigned char *to = destination;
  const unsigned char *from = source;
  int byWords = (((uintptr_t)to | (uintptr_t)from) & 3) == 0;
  if ((uintptr_t)to - (uintptr_t)from >= size) {
    unsigned char *end = to + size;
    if (byWords)
      for (; end - to >= 4; to += 4, from += 4)
        *(MayAlias32 *)to = *(const MayAlias32 *)from;
    for (; to != end; ++to, ++from)
      *to = *from;
    return destination;
  }
  // The destination starts inside the source: from the end downwards.
  unsigned char *begin = to;
  to += size;
  from += size;
  if (byWords) {
    for (; (uintptr_t)to & 3;)
      *--to = *--from;
    while (to != begin) {
      to -= 4;
      from -= 4;
      *(MayAlias32 *)to = *(const MayAlias32 *)from;
    }
  }
  while (to != begin)
    *--to = *--from;
  return destination;
}
