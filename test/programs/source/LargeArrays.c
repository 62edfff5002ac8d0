//===- LargeArrays.c - MiBs of static arrays ------------------------------===//

#include "Results.h"

enum { limit = 2000000 };
static unsigned char composite[limit];  // .bss
static uint32_t histogram[1 << 20];     // .bss
static int32_t initialised[1 << 18] = { // .data
    [0] = 17,
    [100000] = -3,
    [(1 << 18) - 1] = 42};
static const uint16_t squares[300] = { // .rodata
    [1] = 1,
    [2] = 4,
    [17] = 289,
    [255] = 65025};

int main(void) {
  for (uint32_t i = 2; i * i < limit; ++i)
    if (!composite[i])
      for (uint32_t j = i * i; j < limit; j += i)
        composite[j] = 1;
  uint32_t primes = 0;
  for (uint32_t i = 2; i < limit; ++i)
    primes += !composite[i];
  note(primes);
  for (uint32_t i = 0; i < 100000; ++i)
    ++histogram[(nextRandom() << 4 | (i & 15)) & ((1 << 20) - 1)];
  for (uint32_t i = 0; i < 1 << 20; i += 997)
    note(histogram[i]);
  for (uint32_t i = 0; i < 1 << 18; ++i)
    initialised[i] += (int32_t)i;
  for (uint32_t i = 0; i < 1 << 18; i += 1009)
    note((uint32_t)initialised[i]);
  note((uint32_t)initialised[(1 << 18) - 1]);
  for (uint32_t i = 0; i < 300; ++i)
    note(squares[i]);
  return exitStatus();
}
