//===- Results.h - What a test program has computed ---------------*- C -*-===//
//
// Results are folded into a checksum, whose low byte is the exit status: the
// same program compiled for the host must give the same one.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_TEST_PROGRAMS_RESULTS_H
#define OPML_TEST_PROGRAMS_RESULTS_H

#include <stdint.h>

static uint32_t checksum = 1;

static inline void note(uint32_t value) {
  checksum = (checksum << 5 | checksum >> 27) + value * 0x9e3779b1u;
}

static inline void note64(uint64_t value) {
  note((uint32_t)value);
  note((uint32_t)(value >> 32));
}

static inline void noteFloat(float value) {
  union {
    float number;
    uint32_t bits;
  } x = {value};
  note(value == value ? x.bits : 0x7fc00000);
}

static inline void noteDouble(double value) {
  union {
    double number;
    uint64_t bits;
  } x = {value};
  note64(value == value ? x.bits : 0x7ff8000000000000);
}

static inline int exitStatus(void) {
  return (int)((checksum >> 24 ^ checksum >> 16 ^ checksum >> 8 ^ checksum) &
               0xff);
}

/// Numerical Recipes' linear congruential generator, its upper bits.
static inline uint32_t nextRandom(void) {
  static uint32_t state = 7;
  state = state * 1664525 + 1013904223;
  return state >> 16;
}

static inline uint64_t nextRandom64(void) {
  uint64_t value = 0;
  for (int i = 0; i < 4; ++i)
    value = value << 16 | nextRandom();
  return value;
}

#endif // OPML_TEST_PROGRAMS_RESULTS_H
