//===- MemoryComparison.h - Compare memory ------------------------*- C -*-===//

#ifndef OPML_GUEST_MEMORYCOMPARISON_H
#define OPML_GUEST_MEMORYCOMPARISON_H

#include "GuestSymbol.h"

/// The difference of the first bytes that differ, or zero.
static inline __attribute__((always_inline)) int
compareMemory(const void *a, const void *b, size_t size) {
  const unsigned char *left = a;
  const unsigned char *right = b;
  const unsigned char *end = left + size;
  if ((((uintptr_t)left | (uintptr_t)right) & 3) == 0)
    for (; end - left >= 4; left += 4, right += 4)
      if (*(const MayAlias32 *)left != *(const MayAlias32 *)right)
        break;
  for (; left != end; ++left, ++right)
    if (*left != *right)
      return *left - *right;
  return 0;
}

#endif // OPML_GUEST_MEMORYCOMPARISON_H
