//===- SingleFloat.c - Soft float in binary32 -----------------------------===//

#include "Results.h"

static const float specials[] = {0.0f,     -0.0f,       1.0f,           -1.5f,
                                 1e-45f,   -1e-40f,     1.1754944e-38f, 3.4e38f,
                                 16777216, 0.33333334f, 2147483648.0f,  1e19f};
enum { count = sizeof specials / sizeof *specials };

static void operations(float a, float b) {
  noteFloat(a + b);
  noteFloat(a - b);
  noteFloat(a * b);
  noteFloat(a / b);
  noteFloat(__builtin_fmaf(a, b, -a));
  if (a != b) { // hosts differ in the sign of zero
    noteFloat(__builtin_fminf(a, b));
    noteFloat(__builtin_fmaxf(a, b));
  }
  note((uint32_t)(a < b) | (uint32_t)(a <= b) << 1 | (uint32_t)(a == b) << 2 |
       (uint32_t)(a != b) << 3 | (uint32_t)(a > b) << 4 |
       (uint32_t)(a >= b) << 5 | (uint32_t)__builtin_isunordered(a, b) << 6);
}

static void conversions(float a) {
  noteFloat(__builtin_floorf(a));
  noteFloat(__builtin_ceilf(a));
  noteFloat(__builtin_truncf(a));
  noteFloat(__builtin_roundf(a));
  noteFloat(__builtin_rintf(a));
  note64((uint64_t)(int64_t)(a * 1000.0f));
  note((uint32_t)(int32_t)(a * 10.0f));
  note((uint32_t)(a * a));
  note64((uint64_t)(a * a * 1e9f));
  noteFloat((float)(int32_t)nextRandom64());
  noteFloat((float)(uint32_t)nextRandom64());
  noteFloat((float)(int64_t)nextRandom64());
  noteFloat((float)nextRandom64());
  noteDouble(a);
}

/// sin x by its Taylor series.
static float sine(float x) {
  float term = x, sum = x;
  for (int i = 1; i < 8; ++i) {
    term *= -x * x / (float)(2 * i * (2 * i + 1));
    sum += term;
  }
  return sum;
}

static float matrix[12][12];

int main(void) {
  volatile float zero = 0.0f;
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < count; ++j) {
      operations(specials[i], specials[j]);
      operations(specials[i], 1.0f / zero);
      operations(zero / zero, specials[j]);
    }
  for (int i = 0; i < 100; ++i)
    conversions((float)i * 0.37f - 7.0f);
  for (int i = -20; i < 20; ++i) {
    noteFloat(sine((float)i / 7.0f));
    noteFloat(__builtin_sqrtf((float)(i * i) + 0.5f));
  }
  for (int i = 0; i < 12; ++i)
    for (int j = 0; j < 12; ++j) {
      matrix[i][j] = sine((float)(i * j));
      for (int k = 0; k < j; ++k)
        matrix[i][j] += matrix[i][k] * matrix[k][j];
      noteFloat(matrix[i][j]);
    }
  return exitStatus();
}
