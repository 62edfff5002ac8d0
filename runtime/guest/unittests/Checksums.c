//===- Checksums.c - Results of every routine, folded into one word -------===//
//
// Compiled for the host and for the guest: what the guest's machine code
// computes is compared with the host build, which the other tests check
// against hardware, TestFloat and APFloat.
//
//===----------------------------------------------------------------------===//

#include "Checksums.h"
#include "GuestFunctions.h"
#include "Operands.h"

struct Arguments {
  uint32_t a, b, c, d;
};

static uint64_t pair(uint32_t high, uint32_t low) {
  return (uint64_t)high << 32 | low;
}
static uint32_t fold(uint64_t value) {
  return (uint32_t)(value >> 32) * 31 + (uint32_t)value;
}

/// The other operand of a 64-bit division: of every width, never zero.
static uint64_t divisor(const struct Arguments *x) {
  uint64_t value = pair(x->c, x->d) >> (x->b & 63);
  return value ? value : 1;
}

/// Copies or fills part of a buffer at varying alignment and distance, and
/// returns a checksum of the whole buffer; or compares parts.
static uint32_t memoryChecksum(int routine, const struct Arguments *x) {
  static unsigned char buffer[96];
  for (uint32_t i = 0; i < sizeof buffer; ++i)
    buffer[i] = (unsigned char)(x->a >> (i & 24)) + (unsigned char)i;
  uint32_t size = x->b % 33;
  unsigned char *to = buffer + 48 + (x->c & 7);
  if (routine == 0)
    OPML_GUEST(memcpy)(to, buffer + (x->d & 7), size);
  else if (routine == 1)
    OPML_GUEST(memmove)(to, buffer + 32 + (x->d & 31), size);
  else if (routine == 2)
    OPML_GUEST(memset)(to, (int)x->d, size);
  else
    return (uint32_t)OPML_GUEST(memcmp)(to, buffer + 40 + (x->d & 7), size);
  uint32_t sum = 0;
  for (uint32_t i = 0; i < sizeof buffer; ++i)
    sum = sum * 31 + buffer[i];
  return sum;
}

static uint32_t call(int routine, const struct Arguments *x) {
  uint32_t a = x->a, b = x->b;
  uint64_t wide = pair(a, b);
  switch (routine) {
  case 0:
    return OPML_GUEST(fmaf)(a, b, x->c);
  case 1: // an addend that nearly cancels
    return OPML_GUEST(fmaf)(
        a, b, (OPML_GUEST(__mulsf3)(a, b) ^ 0x80000000) + x->c % 3 - 1);
  case 2:
    return OPML_GUEST(__addsf3)(a, b);
  case 3:
    return OPML_GUEST(__subsf3)(a, b);
  case 4:
    return OPML_GUEST(__subsf3)(a, a + b % 5 - 2);
  case 5:
    return OPML_GUEST(__mulsf3)(a, b);
  case 6:
    return OPML_GUEST(__divsf3)(a, b);
  case 7:
    return OPML_GUEST(sqrtf)(a);
  case 8:
    return OPML_GUEST(__eqsf2)(a, b) == 0;
  case 9:
    return OPML_GUEST(__nesf2)(a, b) != 0;
  case 10:
    return OPML_GUEST(__ltsf2)(a, b) < 0;
  case 11:
    return OPML_GUEST(__lesf2)(a, b) <= 0;
  case 12:
    return OPML_GUEST(__gtsf2)(a, b) > 0;
  case 13:
    return OPML_GUEST(__gesf2)(a, b) >= 0;
  case 14:
    return OPML_GUEST(__unordsf2)(a, b) != 0;
  case 15:
    return OPML_GUEST(__floatsisf)(a);
  case 16:
    return OPML_GUEST(__floatunsisf)(a);
  case 17:
    return (uint32_t)OPML_GUEST(__fixsfsi)(a);
  case 18:
    return OPML_GUEST(__fixunssfsi)(a);
  case 19:
    return fold(OPML_GUEST(__udivdi3)(wide, divisor(x)));
  case 20:
    return fold(OPML_GUEST(__umoddi3)(wide, divisor(x)));
  case 21:
    return fold(
        (uint64_t)OPML_GUEST(__divdi3)((int64_t)wide, (int64_t)divisor(x)));
  case 22:
    return fold(
        (uint64_t)OPML_GUEST(__moddi3)((int64_t)wide, (int64_t)divisor(x)));
  case 23:
    return fold(OPML_GUEST(__muldi3)(wide, pair(x->c, x->d)));
  case 24:
    return fold(OPML_GUEST(__ashldi3)(wide, x->c & 63));
  case 25:
    return fold(OPML_GUEST(__lshrdi3)(wide, x->c & 63));
  case 26:
    return fold((uint64_t)OPML_GUEST(__ashrdi3)((int64_t)wide, x->c & 63));
  default:
    return memoryChecksum(routine - 27, x);
  }
}

uint32_t routineChecksum(int routine) {
  uint32_t state = 0x9e3779b9u + (uint32_t)routine;
  uint32_t sum = 0;
  int vectors = routine < 19 ? 20000 : 1000;
  for (int i = 0; i < vectors; ++i) {
    struct Arguments x;
    x.a = nextOperand(&state);
    x.b = nextOperand(&state);
    x.c = nextOperand(&state);
    x.d = nextRandom(&state);
    sum = sum * 31 + call(routine, &x);
  }
  return sum;
}
