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
  uint32_t a, b, c;    // binary32 numbers
  uint64_t d, e, f;    // binary64 numbers
  uint64_t wide, size; // integers of every width, the second not zero
};

static void draw(struct Arguments *x, uint32_t *state) {
  x->a = nextOperand(state);
  x->b = nextOperand(state);
  x->c = nextOperand(state);
  x->d = nextOperand64(state);
  x->e = nextOperand64(state);
  x->f = nextOperand64(state);
  x->wide = nextRandom64(state);
  x->size = nextRandom64(state) >> (x->wide & 63);
  x->size += !x->size;
}

/// Copies or fills part of a buffer at varying alignment and distance, and
/// returns a checksum of the whole buffer.
static uint64_t afterWriting(const struct Arguments *x, int kind) {
  static unsigned char buffer[96];
  for (uint32_t i = 0; i < sizeof buffer; ++i)
    buffer[i] = (unsigned char)(x->a >> (i & 24)) + (unsigned char)i;
  uint32_t size = x->b % 33;
  unsigned char *to = buffer + 48 + (x->c & 7);
  if (kind == 0)
    OPML_GUEST(memcpy)(to, buffer + (x->wide & 7), size);
  else if (kind == 1)
    OPML_GUEST(memmove)(to, buffer + 32 + (x->wide & 31), size);
  else
    OPML_GUEST(memset)(to, (int)x->wide, size);
  uint32_t sum = 0;
  for (uint32_t i = 0; i < sizeof buffer; ++i)
    sum = sum * 31 + buffer[i];
  return sum;
}

/// Compares parts of a buffer in which equal parts are common.
static int comparison(const struct Arguments *x) {
  unsigned char buffer[96] = {0};
  for (uint32_t i = 0; i < 8; ++i)
    buffer[(x->wide >> 8 * i) % sizeof buffer] = (unsigned char)i;
  return OPML_GUEST(memcmp)(buffer + (x->a & 7), buffer + 40 + (x->c & 7),
                            x->b % 33);
}

#define ROUTINES(X)                                                            \
  X(fmaf_, OPML_GUEST(fmaf)(x->a, x->b, x->c))                                 \
  X(fmaf_cancelling,                                                           \
    OPML_GUEST(fmaf)(x->a, x->b,                                               \
                     (OPML_GUEST(__mulsf3)(x->a, x->b) ^ 0x80000000) +         \
                         x->c % 3 - 1))                                        \
  X(sqrtf_, OPML_GUEST(sqrtf)(x->a))                                           \
  X(addsf3, OPML_GUEST(__addsf3)(x->a, x->b))                                  \
  X(subsf3, OPML_GUEST(__subsf3)(x->a, x->b))                                  \
  X(mulsf3, OPML_GUEST(__mulsf3)(x->a, x->b))                                  \
  X(divsf3, OPML_GUEST(__divsf3)(x->a, x->b))                                  \
  X(subsf3_near, OPML_GUEST(__subsf3)(x->a, x->a + x->b % 5 - 2))              \
  X(eqsf2, OPML_GUEST(__eqsf2)(x->a, x->b))                                    \
  X(nesf2, OPML_GUEST(__nesf2)(x->a, x->b))                                    \
  X(ltsf2, OPML_GUEST(__ltsf2)(x->a, x->b))                                    \
  X(lesf2, OPML_GUEST(__lesf2)(x->a, x->b))                                    \
  X(gtsf2, OPML_GUEST(__gtsf2)(x->a, x->b))                                    \
  X(gesf2, OPML_GUEST(__gesf2)(x->a, x->b))                                    \
  X(unordsf2, OPML_GUEST(__unordsf2)(x->a, x->b))                              \
  X(floatsisf, OPML_GUEST(__floatsisf)((uint32_t)x->wide))                     \
  X(floatunsisf, OPML_GUEST(__floatunsisf)((uint32_t)x->wide))                 \
  X(floatdisf, OPML_GUEST(__floatdisf)(x->wide >> (x->a & 63)))                \
  X(floatundisf, OPML_GUEST(__floatundisf)(x->wide >> (x->a & 63)))            \
  X(fixsfsi, OPML_GUEST(__fixsfsi)(x->a))                                      \
  X(fixunssfsi, OPML_GUEST(__fixunssfsi)(x->a))                                \
  X(fixsfdi, OPML_GUEST(__fixsfdi)(x->a))                                      \
  X(fixunssfdi, OPML_GUEST(__fixunssfdi)(x->a))                                \
  X(fma_, OPML_GUEST(fma)(x->d, x->e, x->f))                                   \
  X(fma_cancelling,                                                            \
    OPML_GUEST(fma)(x->d, x->e,                                                \
                    (OPML_GUEST(__muldf3)(x->d, x->e) ^ 0x8000000000000000) +  \
                        x->f % 3 - 1))                                         \
  X(sqrt_, OPML_GUEST(sqrt)(x->d))                                             \
  X(adddf3, OPML_GUEST(__adddf3)(x->d, x->e))                                  \
  X(subdf3, OPML_GUEST(__subdf3)(x->d, x->e))                                  \
  X(muldf3, OPML_GUEST(__muldf3)(x->d, x->e))                                  \
  X(divdf3, OPML_GUEST(__divdf3)(x->d, x->e))                                  \
  X(subdf3_near, OPML_GUEST(__subdf3)(x->d, x->d + x->e % 5 - 2))              \
  X(eqdf2, OPML_GUEST(__eqdf2)(x->d, x->e))                                    \
  X(nedf2, OPML_GUEST(__nedf2)(x->d, x->e))                                    \
  X(ltdf2, OPML_GUEST(__ltdf2)(x->d, x->e))                                    \
  X(ledf2, OPML_GUEST(__ledf2)(x->d, x->e))                                    \
  X(gtdf2, OPML_GUEST(__gtdf2)(x->d, x->e))                                    \
  X(gedf2, OPML_GUEST(__gedf2)(x->d, x->e))                                    \
  X(unorddf2, OPML_GUEST(__unorddf2)(x->d, x->e))                              \
  X(floatsidf, OPML_GUEST(__floatsidf)((uint32_t)x->wide))                     \
  X(floatunsidf, OPML_GUEST(__floatunsidf)((uint32_t)x->wide))                 \
  X(floatdidf, OPML_GUEST(__floatdidf)(x->wide >> (x->a & 63)))                \
  X(floatundidf, OPML_GUEST(__floatundidf)(x->wide >> (x->a & 63)))            \
  X(fixdfsi, OPML_GUEST(__fixdfsi)(x->d))                                      \
  X(fixunsdfsi, OPML_GUEST(__fixunsdfsi)(x->d))                                \
  X(fixdfdi, OPML_GUEST(__fixdfdi)(x->d))                                      \
  X(fixunsdfdi, OPML_GUEST(__fixunsdfdi)(x->d))                                \
  X(floorf_, OPML_GUEST(floorf)(x->a))                                         \
  X(floor_, OPML_GUEST(floor)(x->d))                                           \
  X(ceilf_, OPML_GUEST(ceilf)(x->a))                                           \
  X(ceil_, OPML_GUEST(ceil)(x->d))                                             \
  X(truncf_, OPML_GUEST(truncf)(x->a))                                         \
  X(trunc_, OPML_GUEST(trunc)(x->d))                                           \
  X(roundf_, OPML_GUEST(roundf)(x->a))                                         \
  X(round_, OPML_GUEST(round)(x->d))                                           \
  X(roundevenf_, OPML_GUEST(roundevenf)(x->a))                                 \
  X(roundeven_, OPML_GUEST(roundeven)(x->d))                                   \
  X(rintf_, OPML_GUEST(rintf)(x->a))                                           \
  X(rint_, OPML_GUEST(rint)(x->d))                                             \
  X(nearbyintf_, OPML_GUEST(nearbyintf)(x->a))                                 \
  X(nearbyint_, OPML_GUEST(nearbyint)(x->d))                                   \
  X(fminf_, OPML_GUEST(fminf)(x->a, x->b))                                     \
  X(fmin_, OPML_GUEST(fmin)(x->d, x->e))                                       \
  X(fminimumf_, OPML_GUEST(fminimumf)(x->a, x->b))                             \
  X(fminimum_, OPML_GUEST(fminimum)(x->d, x->e))                               \
  X(fminimum_numf_, OPML_GUEST(fminimum_numf)(x->a, x->b))                     \
  X(fminimum_num_, OPML_GUEST(fminimum_num)(x->d, x->e))                       \
  X(fmaxf_, OPML_GUEST(fmaxf)(x->a, x->b))                                     \
  X(fmax_, OPML_GUEST(fmax)(x->d, x->e))                                       \
  X(fmaximumf_, OPML_GUEST(fmaximumf)(x->a, x->b))                             \
  X(fmaximum_, OPML_GUEST(fmaximum)(x->d, x->e))                               \
  X(fmaximum_numf_, OPML_GUEST(fmaximum_numf)(x->a, x->b))                     \
  X(fmaximum_num_, OPML_GUEST(fmaximum_num)(x->d, x->e))                       \
  X(extendsfdf2, OPML_GUEST(__extendsfdf2)(x->a))                              \
  X(truncdfsf2, OPML_GUEST(__truncdfsf2)(x->d))                                \
  X(extendhfsf2, OPML_GUEST(__extendhfsf2)(x->b & 0xffff))                     \
  X(truncsfhf2, OPML_GUEST(__truncsfhf2)(x->a))                                \
  X(truncdfhf2, OPML_GUEST(__truncdfhf2)(x->d))                                \
  X(truncsfbf2, OPML_GUEST(__truncsfbf2)(x->a))                                \
  X(truncdfbf2, OPML_GUEST(__truncdfbf2)(x->d))                                \
  X(udivdi3, OPML_GUEST(__udivdi3)(x->wide, x->size))                          \
  X(umoddi3, OPML_GUEST(__umoddi3)(x->wide, x->size))                          \
  X(divdi3, OPML_GUEST(__divdi3)((int64_t)x->wide, (int64_t)x->size))          \
  X(moddi3, OPML_GUEST(__moddi3)((int64_t)x->wide, (int64_t)x->size))          \
  X(muldi3, OPML_GUEST(__muldi3)(x->wide, x->size))                            \
  X(ashldi3, OPML_GUEST(__ashldi3)(x->wide, x->a & 63))                        \
  X(lshrdi3, OPML_GUEST(__lshrdi3)(x->wide, x->a & 63))                        \
  X(ashrdi3, OPML_GUEST(__ashrdi3)((int64_t)x->wide, x->a & 63))               \
  X(memcpy_, afterWriting(x, 0))                                               \
  X(memmove_, afterWriting(x, 1))                                              \
  X(memset_, afterWriting(x, 2))                                               \
  X(memcmp_, comparison(x))

#define X(name, call)                                                          \
  static uint64_t name(const struct Arguments *x) { return (uint64_t)(call); }
ROUTINES(X)
#undef X

#define X(name, call) name,
static uint64_t (*const routines[])(const struct Arguments *) = {ROUTINES(X)};
#undef X

int routineCount(void) { return sizeof routines / sizeof *routines; }

uint32_t routineChecksum(int routine) {
  uint32_t state = 0x9e3779b9u + (uint32_t)routine;
  uint32_t sum = 0;
  for (int i = 0; i < 5000; ++i) {
    struct Arguments x;
    draw(&x, &state);
    uint64_t result = routines[routine](&x);
    sum = sum * 31 + (uint32_t)(result >> 32) * 17 + (uint32_t)result;
  }
  return sum;
}
