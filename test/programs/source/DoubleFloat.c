//===- DoubleFloat.c - Soft float in binary64 -----------------------------===//

#include "Results.h"

static const double specials[] = {
    0.0,
    -0.0,
    1.0,
    -1.5,
    5e-324,
    -1e-310,
    2.2250738585072014e-308,
    1.7e308,
    9007199254740992.0,
    1.0 / 3.0,
    3.4028235677973366e38, // halfway to float's infinity
    1.401298464324817e-45};
enum { count = sizeof specials / sizeof *specials };

static void operations(double a, double b) {
  noteDouble(a + b);
  noteDouble(a - b);
  noteDouble(a * b);
  noteDouble(a / b);
  noteDouble(__builtin_fma(a, b, -a));
  if (a != b) { // hosts differ in the sign of zero
    noteDouble(__builtin_fmin(a, b));
    noteDouble(__builtin_fmax(a, b));
  }
  note((uint32_t)(a < b) | (uint32_t)(a <= b) << 1 | (uint32_t)(a == b) << 2 |
       (uint32_t)(a != b) << 3 | (uint32_t)(a > b) << 4 |
       (uint32_t)(a >= b) << 5 | (uint32_t)__builtin_isunordered(a, b) << 6);
}

static void conversions(double a) {
  noteDouble(__builtin_floor(a));
  noteDouble(__builtin_ceil(a));
  noteDouble(__builtin_trunc(a));
  noteDouble(__builtin_round(a));
  noteDouble(__builtin_rint(a));
  note64((uint64_t)(int64_t)(a * 1e12));
  note((uint32_t)(int32_t)(a * 10.0));
  note((uint32_t)(a * a));
  note64((uint64_t)(a * a * 1e15));
  noteDouble((double)(int32_t)nextRandom64());
  noteDouble((double)(uint32_t)nextRandom64());
  noteDouble((double)(int64_t)nextRandom64());
  noteDouble((double)nextRandom64());
  noteFloat((float)(a / 3.0));
}

/// Solves a system of linear equations by Gauss's elimination.
enum { order = 10 };
static double system[order][order + 1];

static void solve(void) {
  for (int i = 0; i < order; ++i)
    for (int j = 0; j <= order; ++j)
      system[i][j] = 1.0 / (double)(i + j + 1) + (i == j);
  for (int i = 0; i < order; ++i)
    for (int row = 0; row < order; ++row) {
      if (row == i)
        continue;
      double factor = system[row][i] / system[i][i];
      for (int j = i; j <= order; ++j)
        system[row][j] -= factor * system[i][j];
    }
  for (int i = 0; i < order; ++i)
    noteDouble(system[i][order] / system[i][i]);
}

int main(void) {
  volatile double zero = 0.0;
  for (int i = 0; i < count; ++i) {
    for (int j = 0; j < count; ++j) {
      operations(specials[i], specials[j]);
      operations(specials[i], 1.0 / zero);
      operations(zero / zero, specials[j]);
    }
    noteFloat((float)specials[i]);
    noteDouble((float)specials[i]);
  }
  for (int i = 0; i < 100; ++i)
    conversions((double)i * 0.37 - 7.0);
  for (int i = 0; i < 40; ++i)
    noteDouble(__builtin_sqrt((double)i / 3.0));
  solve();
  return exitStatus();
}
