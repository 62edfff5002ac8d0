/* A product of float matrices: calls of the soft-float routines. */

#include <stdint.h>

#ifndef MATRIX_SIZE
#define MATRIX_SIZE 64
#endif

enum { size = MATRIX_SIZE, repetitions = 64 };
static float left[size][size], right[size][size], product[size][size];

static void multiply(void) {
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) {
      float sum = 0;
      for (int k = 0; k < size; ++k)
        sum += left[i][k] * right[k][j];
      product[i][j] = sum;
    }
}

int main(void) {
  uint32_t state = 1;
  for (int i = 0; i < size; ++i)
    for (int j = 0; j < size; ++j) {
      state = state * 1664525u + 1013904223u;
      left[i][j] = (float)(int32_t)state * 0x1p-31f;
      right[i][j] = (float)(int32_t)(state << 7) * 0x1p-31f;
    }
  float trace = 0;
  for (int round = 0; round < repetitions; ++round) {
    multiply();
    for (int i = 0; i < size; ++i) {
      trace += product[i][i];
      left[i][round] = product[round][i] * 0.125f;
    }
  }
  union {
    float value;
    uint32_t bits;
  } result = {trace};
  return (int)((result.bits ^ result.bits >> 16) & 0x7f);
}
