//===- Addition64.h - Addition of binary64 numbers ----------------*- C -*-===//

#ifndef OPML_GUEST_ADDITION64_H
#define OPML_GUEST_ADDITION64_H

#include "Binary64.h"

#include "Addition.h"

static ALWAYS_INLINE uint64_t add(uint64_t a, uint64_t b) {
  uint64_t swap = (a << 1) < (b << 1) ? a ^ b : 0;
  return addSmaller(a ^ swap, b ^ swap);
}

#endif // OPML_GUEST_ADDITION64_H
