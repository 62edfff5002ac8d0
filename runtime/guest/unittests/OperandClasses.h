//===- OperandClasses.h - Operands by what they cost ------------*- C++ -*-===//
//
// The kinds of operands whose steps are measured (bench/) and bounded (tests).
//
//===----------------------------------------------------------------------===//

#ifndef OPML_GUEST_OPERANDCLASSES_H
#define OPML_GUEST_OPERANDCLASSES_H

#include "Operands.h"
#include <array>
#include <bit>

namespace opml::guest {

using Operands = std::array<uint32_t, 4>;

/// A number in ±[2^low, 2^high).
inline uint32_t between(uint32_t *state, int low, int high) {
  uint32_t bits = nextRandom(state);
  uint32_t exponent =
      uint32_t(low + 127) + nextRandom(state) % uint32_t(high - low);
  return (bits & 0x807fffff) | exponent << 23;
}

/// Two binary64 numbers of magnitude in [2^low, 2^high), as O32 passes them.
inline Operands between64(uint32_t *state, int low, int high) {
  Operands x;
  for (int i = 0; i < 4; i += 2) {
    x[i] = nextRandom(state);
    uint32_t exponent =
        uint32_t(low + 1023) + nextRandom(state) % uint32_t(high - low);
    x[i + 1] = (nextRandom(state) & 0x800fffff) | exponent << 20;
  }
  return x;
}

struct OperandClass {
  const char *routine;
  const char *name;
  Operands (*make)(uint32_t *state);
  uint64_t budget; // most steps that a call of this class may take
};

inline Operands factors(uint32_t *state) {
  return {between(state, -4, 0), between(state, -4, 0)};
}

/// a * b + c with c about as large as the product, of the given relative sign.
inline Operands nearby(uint32_t *state, uint32_t opposite) {
  Operands x = factors(state);
  uint32_t sign = (x[0] ^ x[1] ^ opposite) & 0x80000000;
  x[2] = (between(state, -2, 4) & 0x7fffffff) | sign;
  return x;
}

inline constexpr OperandClass operandClasses[] = {
    {"fmaf", "zero factor",
     [](uint32_t *s) {
       return Operands{nextRandom(s) & 0x80000000, between(s, -4, 4),
                       between(s, -4, 4)};
     },
     16},
    {"fmaf", "zero factor, accumulator +0",
     [](uint32_t *s) { return Operands{between(s, -4, 4), 0, 0}; }, 16},
    {"fmaf", "same sign", [](uint32_t *s) { return nearby(s, 0); }, 58},
    {"fmaf", "opposite sign", [](uint32_t *s) { return nearby(s, 0x80000000); },
     64},
    {"fmaf", "cancelling to the last bits",
     [](uint32_t *s) {
       Operands x = factors(s);
       x[2] = std::bit_cast<uint32_t>(
           -(std::bit_cast<float>(x[0]) * std::bit_cast<float>(x[1])));
       return x;
     },
     70},
    {"fmaf", "accumulator +0", [](uint32_t *s) { return factors(s); }, 54},
    {"fmaf", "accumulator far larger",
     [](uint32_t *s) {
       Operands x = factors(s);
       x[2] = between(s, 16, 20);
       return x;
     },
     150},
    {"fmaf", "accumulator far smaller",
     [](uint32_t *s) {
       Operands x = factors(s);
       x[2] = between(s, -40, -30);
       return x;
     },
     150},
    {"fmaf", "subnormal",
     [](uint32_t *s) {
       return Operands{nextRandom(s) & 0x807fffff, between(s, -4, 4),
                       nextRandom(s) & 0x807fffff};
     },
     180},
    {"fmaf", "infinite or NaN",
     [](uint32_t *s) {
       return Operands{0x7f800000, between(s, -4, 4),
                       nextRandom(s) | 0x7f800000};
     },
     50},
    {"__addsf3", "same sign",
     [](uint32_t *s) {
       return Operands{between(s, -4, 4) & 0x7fffffff,
                       between(s, -4, 4) & 0x7fffffff};
     },
     56},
    {"__addsf3", "opposite sign",
     [](uint32_t *s) {
       return Operands{between(s, -4, 4) | 0x80000000,
                       between(s, -4, 4) & 0x7fffffff};
     },
     56},
    {"__addsf3", "zero",
     [](uint32_t *s) { return Operands{between(s, -4, 4), 0}; }, 32},
    {"__addsf3", "subnormal",
     [](uint32_t *s) {
       return Operands{nextRandom(s) & 0x807fffff, nextRandom(s) & 0x807fffff};
     },
     100},
    {"__mulsf3", "normal", [](uint32_t *s) { return factors(s); }, 38},
    {"__mulsf3", "zero",
     [](uint32_t *s) { return Operands{0, between(s, -4, 4)}; }, 18},
    {"__mulsf3", "subnormal result",
     [](uint32_t *s) {
       return Operands{between(s, -80, -60), between(s, -70, -60)};
     },
     90},
    {"__divsf3", "normal", [](uint32_t *s) { return factors(s); }, 110},
    {"sqrtf", "normal",
     [](uint32_t *s) { return Operands{between(s, -4, 4) & 0x7fffffff}; }, 330},
    {"__ltsf2", "normal", [](uint32_t *s) { return factors(s); }, 22},
    {"__floatsisf", "any", [](uint32_t *s) { return Operands{nextRandom(s)}; },
     22},
    {"__fixsfsi", "any",
     [](uint32_t *s) { return Operands{between(s, -4, 30)}; }, 25},
    {"__adddf3", "normal", [](uint32_t *s) { return between64(s, -4, 4); },
     140},
    {"__muldf3", "normal", [](uint32_t *s) { return between64(s, -4, 4); },
     140},
    {"__muldf3", "subnormal result",
     [](uint32_t *s) { return between64(s, -540, -520); }, 170},
    {"__divdf3", "normal", [](uint32_t *s) { return between64(s, -4, 4); },
     240},
    {"sqrt", "normal",
     [](uint32_t *s) {
       Operands x = between64(s, -4, 4);
       x[1] &= 0x7fffffff;
       return x;
     },
     1300},
    {"__ltdf2", "normal", [](uint32_t *s) { return between64(s, -4, 4); }, 34},
    {"__udivdi3", "divisor of 32 bits",
     [](uint32_t *s) {
       return Operands{nextRandom(s), nextRandom(s), nextRandom(s), 0};
     },
     90},
    {"__udivdi3", "divisor of 64 bits",
     [](uint32_t *s) {
       return Operands{nextRandom(s), nextRandom(s), nextRandom(s),
                       nextRandom(s) >> 8};
     },
     100},
    {"__divdi3", "divisor of 32 bits",
     [](uint32_t *s) {
       return Operands{nextRandom(s), nextRandom(s), nextRandom(s), 0};
     },
     110},
};

} // namespace opml::guest

#endif // OPML_GUEST_OPERANDCLASSES_H
