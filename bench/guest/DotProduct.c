/* int8 dot products, as in a quantised matrix product: multiply and add. */

#include <stdint.h>

enum { length = 1024, repetitions = 200000 };
static int8_t left[length], right[length];

int main(void) {
  uint32_t state = 1;
  for (int i = 0; i < length; ++i) {
    state = state * 1664525u + 1013904223u;
    left[i] = (int8_t)(state >> 24);
    right[i] = (int8_t)(state >> 16);
  }
  uint32_t hash = 0;
  for (int round = 0; round < repetitions; ++round) {
    int32_t sum = 0;
    for (int i = 0; i < length; ++i)
      sum += left[i] * right[i];
    hash = hash * 31 + (uint32_t)sum;
    left[round % length] ^= (int8_t)hash;
  }
  return (int)(hash & 0x7f);
}
