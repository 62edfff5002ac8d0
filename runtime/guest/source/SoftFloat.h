//===- SoftFloat.h - Shared by the soft-float routines ------------*- C -*-===//
//
// IEEE 754 binary32 on integers: round to nearest, ties to even, subnormals
// kept, every NaN result the canonical quiet NaN. Signatures are integer ones,
// of the same O32 ABI as the float ones, so that the compiler cannot turn the
// bodies into calls of themselves.
//
// The guest is counted in instructions, not in cycles: a branch costs no more
// than an addition, and nothing loops, so that a routine's worst case is at
// most its size.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_SOFTFLOAT_H
#define OPML_GUEST_SOFTFLOAT_H

#include "GuestSymbol.h"

#define SIGN_BIT 0x80000000u
#define INFINITY_BITS 0x7f800000u
#define CANONICAL_NAN 0x7fc00000u
#define HIDDEN_BIT 0x00800000u
#define FRACTION_MASK 0x007fffffu
/// Infinity shifted left by one: a magnitude without its sign.
#define INFINITY_MAGNITUDE 0xff000000u

#define ALWAYS_INLINE inline __attribute__((always_inline))
/// Has the value computed here, in this order, and used as it stands: the
/// compiler's algebra otherwise costs an instruction more.
#define KEEP(value) __asm__ volatile("" : "+r"(value))
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

static ALWAYS_INLINE uint32_t biasedExponent(uint32_t a) {
  return (a >> 23) & 0xff;
}

/// The 24-bit significand of a normal number. Written out for the guest, since
/// the compiler does not find its one instruction for `hidden bit or fraction`.
static ALWAYS_INLINE uint32_t normalSignificand(uint32_t a) {
#ifdef __mips__
  __asm__ volatile("ins %0, %1, 23, 9" : "+r"(a) : "r"(1));
  return a;
#else
  return (a & FRACTION_MASK) | HIDDEN_BIT;
#endif
}

static ALWAYS_INLINE int isNaN(uint32_t a) {
  return (a << 1) > INFINITY_MAGNITUDE;
}
static ALWAYS_INLINE int isInfinity(uint32_t a) {
  return (a << 1) == INFINITY_MAGNITUDE;
}
static ALWAYS_INLINE int isZero(uint32_t a) { return (a << 1) == 0; }

/// A finite non-zero number is significand * 2^(exponent - 150), with bit 23 of
/// the significand set; a subnormal's exponent is 0 or negative.
struct Unpacked {
  int32_t exponent;
  uint32_t significand;
};

static ALWAYS_INLINE struct Unpacked unpackFinite(uint32_t a) {
  struct Unpacked u = {(int32_t)biasedExponent(a), normalSignificand(a)};
  if (u.exponent == 0) {
    int shift = __builtin_clz(a & FRACTION_MASK) - 8;
    u.significand = (a & FRACTION_MASK) << shift;
    u.exponent = 1 - shift;
  }
  return u;
}

/// a >> shift with all bits that fall off collected in the lowest bit: what
/// remains rounds as the exact value does.
static ALWAYS_INLINE uint32_t shiftRightJam32(uint32_t a, uint32_t shift) {
  if (shift > 31)
    return a != 0;
  return a >> shift | ((a & ((1u << shift) - 1)) != 0);
}

static ALWAYS_INLINE uint64_t shiftRightJam64(uint64_t a, uint32_t shift) {
  if (shift > 63)
    return a != 0;
  return a >> shift | ((a & (((uint64_t)1 << shift) - 1)) != 0);
}

/// The upper 24 bits of high:low, bit 31 of high set, rounded: up to 2^24.
static ALWAYS_INLINE uint32_t roundTo24Bits(uint32_t high, uint32_t low) {
  uint32_t rounded = (high >> 8) + ((high >> 7) & 1);
  // What was rounded away is nothing or exactly one half: the half goes to
  // even.
  if (UNLIKELY((high << 25 | low) == 0))
    rounded &= ~((high >> 7) & 1);
  return rounded;
}

/// Rounds significand * 2^(exponent - 157), whose bit 30 is set and whose
/// lowest bit is sticky, to a number with the given sign bit.
static ALWAYS_INLINE uint32_t roundAndPack(uint32_t sign, int32_t exponent,
                                           uint32_t significand) {
  if (exponent > 254)
    return sign | INFINITY_BITS;
  if (exponent < 1) {
    significand = shiftRightJam32(significand, (uint32_t)(1 - exponent));
    exponent = 1;
  }
  // The hidden bit, and a carry out of the rounding, both add 1 to the
  // exponent.
  uint32_t rounded = (significand + 63 + ((significand >> 7) & 1)) >> 7;
  return sign | ((((uint32_t)exponent - 1) << 23) + rounded);
}

/// Rounds significand * 2^(exponent - 157 - 32), significand != 0, with no
/// bound on the leading bit but that the lowest bit may be sticky only if there
/// are 26 significant bits above it.
static ALWAYS_INLINE uint32_t normaliseRoundAndPack(uint32_t sign,
                                                    int32_t exponent,
                                                    uint64_t significand) {
  int shift = __builtin_clzll(significand) - 1;
  significand =
      shift < 0 ? (significand >> 1 | (significand & 1)) : significand << shift;
  uint32_t high = (uint32_t)(significand >> 32);
  return roundAndPack(sign, exponent - shift,
                      high | ((uint32_t)significand != 0));
}

/// Rounds an integer magnitude.
static ALWAYS_INLINE uint32_t roundInteger(uint32_t sign, uint32_t magnitude) {
  if (magnitude == 0)
    return 0;
  uint32_t lead = (uint32_t)__builtin_clz(magnitude);
  uint32_t normalised = magnitude << lead;
  return roundAndPack(sign, (int32_t)(127 + 31 - lead),
                      normalised >> 1 | (normalised & 1));
}

#endif // OPML_GUEST_SOFTFLOAT_H
