//===- bcmp.c - Whether memory differs ----------------------------------===//
//
// LLVM turns a memcmp whose sign does not matter into a bcmp.
//
//===----------------------------------------------------------------------===//

#include "MemoryComparison.h"

/// Zero if and only if the bytes are equal.
int OPML_GUEST(bcmp)(const void *a, const void *b, size_t size) {
  return compareMemory(a, b, size);
}
