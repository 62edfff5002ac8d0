//===- csmith.h - What csmith's programs include ------------------*- C -*-===//
//
// In place of csmith's own, which needs a C library: the checksum over all
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

void opml_exit(int code);

static uint32_t crc32_table[256];
static uint32_t crc32_context = 0xffffffff;

/// CRC-32 of IEEE 802.3, reflected.
static void crc32_gentab(void) {
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    crc32_table[i] = crc;
  }
}

static void transparent_crc_bytes(const void *bytes, int count,
                                  const char *name, int print) {
  (void)name, (void)print;
  for (int i = 0; i < count; ++i)
    crc32_context =
        crc32_context >> 8 ^
        crc32_table[(crc32_context ^ ((const uint8_t *)bytes)[i]) & 0xff];
}

static void transparent_crc(uint64_t value, const char *name, int print) {
  transparent_crc_bytes(&value, sizeof value, name, print);
}

static void platform_main_begin(void) {}

static void platform_main_end(uint32_t crc, int print) {
  (void)print;
  opml_exit((int)crc);
}

#endif // OPML_TEST_PROGRAMS_CSMITH_H
