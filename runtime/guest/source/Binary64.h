//===- Binary64.h - The format of the *df* routines ---------------*- C -*-===//

#ifndef OPML_GUEST_BINARY64_H
#define OPML_GUEST_BINARY64_H

#include "GuestSymbol.h"

typedef uint64_t Bits;
typedef int64_t SignedBits;
typedef unsigned _BitInt(128) Wide;

#define FRACTION_BITS 52
#define COUNT_LEADING_ZEROS __builtin_clzll

/// Written out: for a product of 128 bits the compiler would call a routine.
static inline __attribute__((always_inline)) Wide multiplyWide(Bits a, Bits b) {
  uint32_t lowA = (uint32_t)a, highA = (uint32_t)(a >> 32);
  uint32_t lowB = (uint32_t)b, highB = (uint32_t)(b >> 32);
  uint64_t low = (uint64_t)lowA * lowB;
  // Neither sum carries: (2^32 - 1)^2 + 2 (2^32 - 1) is 2^64 - 1.
  uint64_t cross = (uint64_t)highA * lowB + (low >> 32);
  uint64_t otherCross = (uint64_t)lowA * highB + (uint32_t)cross;
  uint64_t high = (uint64_t)highA * highB + (cross >> 32) + (otherCross >> 32);
  return (Wide)high << 64 | (otherCross << 32 | (uint32_t)low);
}

#include "SoftFloat.h"

#endif // OPML_GUEST_BINARY64_H
