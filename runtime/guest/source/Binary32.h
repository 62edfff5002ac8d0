//===- Binary32.h - The format of the *sf* routines ---------------*- C -*-===//

#ifndef OPML_GUEST_BINARY32_H
#define OPML_GUEST_BINARY32_H

#include "GuestSymbol.h"

typedef uint32_t Bits;
typedef int32_t SignedBits;
typedef uint64_t Wide;

#define FRACTION_BITS 23
#define COUNT_LEADING_ZEROS __builtin_clz

static inline __attribute__((always_inline)) Wide multiplyWide(Bits a, Bits b) {
  return (Wide)a * b;
}

#include "SoftFloat.h"

/// The upper 24 bits of high:low, bit 31 of high set, rounded: up to 2^24.
static ALWAYS_INLINE uint32_t roundTo24Bits(uint32_t high, uint32_t low) {
  uint32_t rounded = (high >> 8) + ((high >> 7) & 1);
  // What was rounded away is nothing or exactly one half: the half goes to
  // even.
  if (UNLIKELY((high << 25 | low) == 0))
    rounded &= ~((high >> 7) & 1);
  return rounded;
}

#endif // OPML_GUEST_BINARY32_H
