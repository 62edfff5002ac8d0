//===- SoftFloat.h - Shared by the soft-float routines ------------*- C -*-===//
//
// IEEE 754 arithmetic on integers: round to nearest, ties to even, subnormals
// kept, every NaN result the canonical quiet NaN. Signatures are integer ones,
// of the same O32 ABI as the float ones, so that the compiler cannot turn the
// bodies into calls of themselves.
//
// Written over a format, which Binary32.h or Binary64.h defines before: `Bits`
// holds a number, `Wide` is twice as wide.
//
// The guest is counted in instructions, not in cycles: a branch costs no more
// than an addition, and nothing loops, so that a routine's worst case is at
// most its size.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_SOFTFLOAT_H
#define OPML_GUEST_SOFTFLOAT_H

#define WIDTH (8 * (int)sizeof(Bits))
#define MAX_EXPONENT ((1 << (WIDTH - 1 - FRACTION_BITS)) - 1)
#define BIAS (MAX_EXPONENT >> 1)
#define SIGN_BIT ((Bits)1 << (WIDTH - 1))
#define HIDDEN_BIT ((Bits)1 << FRACTION_BITS)
#define FRACTION_MASK (HIDDEN_BIT - 1)
#define INFINITY_BITS ((Bits)MAX_EXPONENT << FRACTION_BITS)
#define CANONICAL_NAN (INFINITY_BITS | HIDDEN_BIT >> 1)
/// Infinity shifted left by one: a magnitude without its sign.
#define INFINITY_MAGNITUDE (INFINITY_BITS << 1)

#define ALWAYS_INLINE inline __attribute__((always_inline))
/// Has the value computed here, in this order, and used as it stands: the
/// compiler's algebra otherwise costs an instruction more.
#define KEEP(value) __asm__ volatile("" : "+r"(value))
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

static ALWAYS_INLINE uint32_t biasedExponent(Bits a) {
  return (uint32_t)(a >> FRACTION_BITS) & MAX_EXPONENT;
}

/// The significand of a normal number. Written out for the guest, since the
/// compiler does not find its one instruction for `hidden bit or fraction`.
static ALWAYS_INLINE Bits normalSignificand(Bits a) {
#ifdef __mips__
  uint32_t high = (uint32_t)(a >> (WIDTH - 32));
  __asm__ volatile("ins %0, %1, %2, %3"
                   : "+r"(high)
                   : "r"(1), "i"(FRACTION_BITS % 32),
                     "i"(32 - FRACTION_BITS % 32));
  return (a & (((Bits)1 << (WIDTH - 32)) - 1)) | (Bits)high << (WIDTH - 32);
#else
  return (a & FRACTION_MASK) | HIDDEN_BIT;
#endif
}

static ALWAYS_INLINE int isNaN(Bits a) { return (a << 1) > INFINITY_MAGNITUDE; }
static ALWAYS_INLINE int isInfinity(Bits a) {
  return (a << 1) == INFINITY_MAGNITUDE;
}
static ALWAYS_INLINE int isZero(Bits a) { return (a << 1) == 0; }
static ALWAYS_INLINE int isNegative(Bits a) { return (SignedBits)a < 0; }

/// A finite non-zero number is significand * 2^(exponent - BIAS -
/// FRACTION_BITS), with the hidden bit of the significand set; a subnormal's
/// exponent is 0 or negative.
struct Unpacked {
  int32_t exponent;
  Bits significand;
};

static ALWAYS_INLINE struct Unpacked unpackFinite(Bits a) {
  struct Unpacked u = {(int32_t)biasedExponent(a), normalSignificand(a)};
  if (u.exponent == 0) {
    int shift =
        COUNT_LEADING_ZEROS(a & FRACTION_MASK) - (WIDTH - 1 - FRACTION_BITS);
    u.significand = (a & FRACTION_MASK) << shift;
    u.exponent = 1 - shift;
  }
  return u;
}

/// a >> shift with all bits that fall off collected in the lowest bit: what
/// remains rounds as the exact value does.
static ALWAYS_INLINE Bits shiftRightJam(Bits a, uint32_t shift) {
  if (shift > (uint32_t)WIDTH - 1)
    return a != 0;
  return a >> shift | ((a & (((Bits)1 << shift) - 1)) != 0);
}

static ALWAYS_INLINE Wide shiftRightJamWide(Wide a, uint32_t shift) {
  if (shift > 2 * (uint32_t)WIDTH - 1)
    return a != 0;
  return a >> shift | ((a & (((Wide)1 << shift) - 1)) != 0);
}

/// Rounds significand * 2^(exponent - BIAS - (WIDTH - 2)), whose bit WIDTH - 2
/// is set and whose lowest bit is sticky, to a number with the given sign bit.
static ALWAYS_INLINE Bits roundAndPack(Bits sign, int32_t exponent,
                                       Bits significand) {
  const int extra = WIDTH - 2 - FRACTION_BITS;
  if (exponent > MAX_EXPONENT - 1)
    return sign | INFINITY_BITS;
  if (exponent < 1) {
    significand = shiftRightJam(significand, (uint32_t)(1 - exponent));
    exponent = 1;
  }
  // The hidden bit, and a carry out of the rounding, both add 1 to the
  // exponent.
  Bits rounded = (significand + (((Bits)1 << (extra - 1)) - 1) +
                  ((significand >> extra) & 1)) >>
                 extra;
  return sign | ((((Bits)exponent - 1) << FRACTION_BITS) + rounded);
}

/// Rounds significand * 2^(exponent - BIAS - (2 WIDTH - 2)), significand != 0,
/// with no bound on the leading bit but that the lowest bit may be sticky only
/// if there are FRACTION_BITS + 3 significant bits above it.
static ALWAYS_INLINE Bits normaliseRoundAndPack(Bits sign, int32_t exponent,
                                                Wide significand) {
  Bits high = (Bits)(significand >> WIDTH);
  int shift = (high ? COUNT_LEADING_ZEROS(high)
                    : WIDTH + COUNT_LEADING_ZEROS((Bits)significand)) -
              1;
  significand =
      shift < 0 ? (significand >> 1 | (significand & 1)) : significand << shift;
  high = (Bits)(significand >> WIDTH);
  return roundAndPack(sign, exponent - shift, high | ((Bits)significand != 0));
}

/// Rounds an integer magnitude.
static ALWAYS_INLINE Bits roundInteger(Bits sign, Bits magnitude) {
  if (magnitude == 0)
    return 0;
  int lead = COUNT_LEADING_ZEROS(magnitude);
  Bits normalised = magnitude << lead;
  return roundAndPack(sign, BIAS + WIDTH - 1 - lead,
                      normalised >> 1 | (normalised & 1));
}

/// Rounds an integer magnitude twice as wide.
static ALWAYS_INLINE Bits roundWideInteger(Bits sign, Wide magnitude) {
  if (magnitude == 0)
    return 0;
  return normaliseRoundAndPack(sign, BIAS + 2 * WIDTH - 2, magnitude);
}

#endif // OPML_GUEST_SOFTFLOAT_H
