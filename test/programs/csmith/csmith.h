//===- csmith.h - What csmith's programs include ------------------*- C -*-===//
//
// In place of csmith's own, which needs a C library: a checksum over all
// global variables is the program's exit code. Of csmith's headers only
// safe_math.h, arithmetic without undefined behaviour, is used.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_TEST_PROGRAMS_CSMITH_H
#define OPML_TEST_PROGRAMS_CSMITH_H

#include <float.h>
#include <limits.h>
#include <stdint.h>

#define fabsf __builtin_fabsf
#define fabs __builtin_fabs
/// An instruction of x86; any function of its operands does.
#define __builtin_ia32_crc32qi(crc, byte) ((crc) ^ (byte))
/// Called only under a flag that is never set.
#define printf(...) ((void)0)

#define STATIC static
#define UNDEFINED(value) (value)
#define LOG_INDEX
#define LOG_EXEC
#define FUNC_NAME(name) (safe_##name)
#include "safe_math.h"

/// A shift amount within the width of an int.
#define _CSMITH_BITFIELD(bits) ((bits) > 32 ? (bits) % 32 : (bits))

/// Not a CRC: that would take most of the time of most programs.
static uint32_t crc32_context;
static void crc32_gentab(void) { crc32_context = 1; }

static void transparent_crc(uint64_t value, const char *name, int print) {
  (void)name, (void)print;
  crc32_context = crc32_context * 31 + (uint32_t)value;
  crc32_context = crc32_context * 31 + (uint32_t)(value >> 32);
}

static void transparent_crc_bytes(const void *bytes, int count,
                                  const char *name, int print) {
  for (int i = 0; i < count; ++i)
    transparent_crc(((const uint8_t *)bytes)[i], name, print);
}

static void platform_main_begin(void) {}

/// What a program does with its checksum; the benchmark has its own.
#ifndef CSMITH_END
void opml_exit(int code);
#define CSMITH_END(crc) opml_exit((int)(crc))
#endif

static void platform_main_end(uint32_t crc, int print) {
  (void)print;
  CSMITH_END(crc);
}

#endif // OPML_TEST_PROGRAMS_CSMITH_H
