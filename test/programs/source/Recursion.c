//===- Recursion.c - Deep and branching calls -----------------------------===//

#include "Results.h"

static uint32_t ackermann(uint32_t m, uint32_t n) {
  if (m == 0)
    return n + 1;
  return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

/// A frame of more than a kilobyte, `depth` times.
static uint32_t deep(uint32_t depth) {
  volatile uint32_t frame[256];
  for (uint32_t i = 0; i < 256; i += 16)
    frame[i] = depth * i;
  return depth == 0 ? frame[16] : deep(depth - 1) + frame[depth & 0xf0];
}

static int isOdd(int n);
static int isEven(int n) { return n == 0 ? 1 : isOdd(n - 1); }
static int isOdd(int n) { return n == 0 ? 0 : isEven(n - 1); }

static uint32_t queens(uint32_t all, uint32_t columns, uint32_t left,
                       uint32_t right) {
  if (columns == all)
    return 1;
  uint32_t solutions = 0;
  for (uint32_t free = all & ~(columns | left | right); free;
       free &= free - 1) {
    uint32_t place = free & -free;
    solutions +=
        queens(all, columns | place, (left | place) << 1, (right | place) >> 1);
  }
  return solutions;
}

static int32_t numbers[5000];

static void quicksort(int32_t *low, int32_t *high) {
  while (high - low > 1) {
    int32_t pivot = low[(high - low) / 2], *i = low, *j = high - 1;
    while (i <= j) {
      while (*i < pivot)
        ++i;
      while (*j > pivot)
        --j;
      if (i <= j) {
        int32_t other = *i;
        *i++ = *j;
        *j-- = other;
      }
    }
    quicksort(low, j + 1);
    low = i;
  }
}

int main(void) {
  note(ackermann(2, 30));
  note(deep(700));
  note((uint32_t)isEven(501));
  note(queens(0xff, 0, 0, 0));
  for (int i = 0; i < 5000; ++i)
    numbers[i] = (int32_t)(nextRandom() << 16 | nextRandom());
  quicksort(numbers, numbers + 5000);
  for (int i = 1; i < 5000; ++i)
    note((uint32_t)numbers[i] + (numbers[i - 1] <= numbers[i]));
  return exitStatus();
}
