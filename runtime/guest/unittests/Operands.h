//===- Operands.h - Operands that reach the corners ---------------*- C -*-===//
//
// A deterministic stream of binary32 operands, plain C so that the guest makes
// the same stream as the host: uniform bits hardly ever give two numbers that
// interact, so most are salted with special values, exponents near each other,
// significands of few bits and near-cancelling addends.
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

#endif // OPML_GUEST_OPERANDS_H
