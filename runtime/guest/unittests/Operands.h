//===- Operands.h - Operands that reach the corners ---------------*- C -*-===//
//
// Deterministic streams of binary32 and binary64 operands, plain C so that the
// guest makes the same stream as the host: uniform bits hardly ever give two
// numbers that interact, so most are salted with special values, exponents near
// each other, significands of few bits and near-cancelling addends.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_OPERANDS_H
#define OPML_GUEST_OPERANDS_H

#include <stdint.h>

/// Marsaglia's xorshift32 (https://doi.org/10.18637/jss.v008.i14); state != 0.
static inline uint32_t nextRandom(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state;
}

static inline uint32_t nextOperand(uint32_t *state) {
  static const uint32_t special[] = {
      0x00000000, 0x80000000, 0x00000001, 0x007fffff, 0x00800000, 0x00800001,
      0x3f800000, 0xbf800000, 0x3f7fffff, 0x3f800001, 0x7f7fffff, 0x7f000000,
      0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffc12345, 0x4f000000,
      0x4effffff, 0x4f800000, 0xcf000000, 0x34000000, 0x33ffffff, 0x00ffffff};
  uint32_t choice = nextRandom(state) >> 28;
  uint32_t bits = nextRandom(state);
  if (choice < 2) // uniform bits
    return bits;
  if (choice < 4)
    return special[(bits >> 8) % (sizeof special / sizeof *special)];
  if (choice < 9) // exponents within a few of 1
    return (bits & 0x807fffff) | (120 + ((bits >> 23) & 15)) << 23;
  if (choice < 12) // few bits set, so that results are ties
    return (bits & 0x80700007) | (112 + ((bits >> 23) & 31)) << 23;
  if (choice < 14) // products down to the least normal number
    return (bits & 0x807fffff) | (48 + ((bits >> 23) & 63)) << 23;
  return bits & 0x81ffffff; // subnormals and the least normals
}

static inline uint64_t nextRandom64(uint32_t *state) {
  uint64_t high = nextRandom(state);
  return high << 32 | nextRandom(state);
}

static inline uint64_t nextOperand64(uint32_t *state) {
  static const uint64_t special[] = {
      0x0000000000000000, 0x0000000000000001, 0x000fffffffffffff,
      0x0010000000000000, 0x0010000000000001, 0x001fffffffffffff,
      0x3ff0000000000000, 0x3fefffffffffffff, 0x3ff0000000000001,
      0x3fe0000000000000, 0x7fefffffffffffff, 0x7fe0000000000000,
      0x7ff0000000000000, 0x7ff8000000000000, 0x7ff0000000000001,
      0x7ffc123456789abc, 0x3ca0000000000000, 0x4340000000000000,
      // Around the ends of the integers and of binary32.
      0x41dfffffffc00000, 0x41e0000000000000, 0x41efffffffffffff,
      0x41f0000000000000, 0x43e0000000000000, 0x43dfffffffffffff,
      0x43f0000000000000, 0x43efffffffffffff, 0x47efffffe0000000,
      0x47efffffefffffff, 0x47effffff0000000, 0x380fffffffffffff,
      0x380fffffe0000000, 0x36a0000000000000, 0x3690000000000000,
      0x3690000000000001};
  uint32_t choice = nextRandom(state) >> 28;
  uint64_t bits = nextRandom64(state);
  uint64_t exponent = bits >> 20 & 0x7ff;
  uint64_t fraction = bits & 0x800fffffffffffff;
  if (choice < 2) // uniform bits
    return bits;
  if (choice < 4)
    return special[(bits >> 8) % (sizeof special / sizeof *special)] |
           (bits & 0x8000000000000000);
  if (choice < 8) // exponents within a few of 1
    return fraction | (1016 + (exponent & 15)) << 52;
  if (choice < 10) // few bits set, so that results are ties
    return (fraction & 0x800e000000000007) | (1008 + (exponent & 31)) << 52;
  if (choice < 12) // those, and ties, of binary32; integers
    return (fraction & 0x800fffffd0000000) | (866 + (exponent & 511)) << 52;
  if (choice < 14) // products down to the least normal number
    return fraction | (480 + (exponent & 63)) << 52;
  return bits & 0x803fffffffffffff; // subnormals and the least normals
}

#endif // OPML_GUEST_OPERANDS_H
