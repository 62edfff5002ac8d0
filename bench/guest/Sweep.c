/* Writes all of 4 MiB over and over: no part of the run leaves memory as it
   was, which is the worst that a program can do to snapshots. */

#include <stdint.h>

enum { words = 1 << 20, passes = 1 << 10 };
static uint32_t memory[words];

int main(void) {
  uint32_t carry = 1;
  for (int pass = 0; pass < passes; ++pass)
    for (int i = 0; i < words; ++i) {
      carry += memory[i] * 1664525u + 1013904223u;
      memory[i] = carry;
    }
  return (int)(carry & 0x7f);
}
