//===- Division64.c - 64-bit division and shifts --------------------------===//

#include "Results.h"

static void operations(uint64_t a, uint64_t b) {
  if (b == 0)
    return;
  note64(a / b);
  note64(a % b);
  int64_t signedA = (int64_t)a, signedB = (int64_t)b;
  if (signedA == INT64_MIN && signedB == -1)
    return;
  note64((uint64_t)(signedA / signedB));
  note64((uint64_t)(signedA % signedB));
  note64(a * b);
  note64(a << (b & 63));
  note64(a >> (b & 63));
  note64((uint64_t)(signedA >> (b & 63)));
  note((uint32_t)(a < b) | (uint32_t)(signedA < signedB) << 1);
}

static const uint64_t edges[] = {1,
                                 2,
                                 3,
                                 10,
                                 0xffff,
                                 0x10000,
                                 0x7fffffff,
                                 0x80000000,
                                 0xffffffff,
                                 0x100000000,
                                 0x100000001,
                                 0x7fffffffffffffff,
                                 0x8000000000000000,
                                 0xffffffff00000000,
                                 0xfffffffffffffffe,
                                 0xffffffffffffffff};
enum { count = sizeof edges / sizeof *edges };

int main(void) {
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count; ++j)
      operations(edges[i], edges[j]);
  for (int i = 0; i < 500; ++i) {
    uint64_t a = nextRandom64() >> (nextRandom() & 63);
    operations(a, nextRandom64() >> (nextRandom() & 63));
    note64(a / 1000000007 + a % 12345678901);
  }
  return exitStatus();
}
