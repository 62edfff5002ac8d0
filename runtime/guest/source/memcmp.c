//===- memcmp.c - Compare memory ----------------------------------------===//

#include "MemoryComparison.h"

/// Negative, zero or positive as the first byte that differs is less than, or
/// equal to, or greater than the other.
int OPML_GUEST(memcmp)(const void *a, const void *b, size_t size) {
  return compareMemory(a, b, size);
}
