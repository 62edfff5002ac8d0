//===- Integers.c - Integer operations at their edges ---------------------===//

#include "Results.h"

static const uint32_t edges[] = {
    0,          1,          2,          31,         32,        0x7f,
    0x80,       0xff,       0x7fff,     0x8000,     0xffff,    0x10000,
    0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff};
enum { count = sizeof edges / sizeof *edges };

static void unary(uint32_t a) {
  note((uint32_t)(int8_t)a);
  note((uint32_t)(int16_t)a);
  note(__builtin_bswap32(a));
  note((uint32_t)__builtin_popcount(a));
  note((uint32_t)__builtin_parity(a));
  note((uint32_t)__builtin_ffs((int)a));
  if (a) {
    note((uint32_t)__builtin_clz(a));
    note((uint32_t)__builtin_ctz(a));
  }
  note64((uint64_t)a * a);
  note64((uint64_t)((int64_t)(int32_t)a * (int32_t)a));
  note((a & 0x00fff000) >> 12);
  note(~a);
}

static void binary(uint32_t a, uint32_t b) {
  int32_t result;
  note((uint32_t)__builtin_add_overflow((int32_t)a, (int32_t)b, &result));
  note((uint32_t)__builtin_mul_overflow((int32_t)a, (int32_t)b, &result));
  note((uint32_t)result);
  note(a << (b & 31));
  note(a >> (b & 31));
  note((uint32_t)((int32_t)a >> (b & 31)));
  note(a << (b & 31) | a >> (-b & 31));
  note((uint32_t)(a < b) + (uint32_t)((int32_t)a < (int32_t)b) * 2);
  note(a < b ? a : b);
  if (b == 0)
    return;
  note(a / b);
  note(a % b);
  if (a == 0x80000000 && b == 0xffffffff)
    return;
  note((uint32_t)((int32_t)a / (int32_t)b));
  note((uint32_t)((int32_t)a % (int32_t)b));
}

/// Sums of products, which the compiler may make of madd and maddu.
static uint64_t dot(const uint32_t *a, uint32_t n) {
  uint64_t sum = 0;
  int64_t signedSum = 0;
  for (uint32_t i = 0; i < n; ++i) {
    sum += (uint64_t)a[i] * a[n - 1 - i];
    signedSum -= (int64_t)(int32_t)a[i] * (int32_t)a[n - 1 - i];
  }
  return sum ^ (uint64_t)signedSum;
}

int main(void) {
  for (int i = 0; i < count; ++i) {
    unary(edges[i]);
    for (int j = 0; j < count; ++j)
      binary(edges[i], edges[j]);
  }
  for (int i = 0; i < 300; ++i)
    binary((uint32_t)nextRandom64(), (uint32_t)nextRandom64());
  note64(dot(edges, count));
  return exitStatus();
}
