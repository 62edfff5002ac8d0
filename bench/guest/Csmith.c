//===- Csmith.c - A random program of csmith's, run again and again -------===//
//
// Its global variables keep what the last round has left in them.
//
//===----------------------------------------------------------------------===//

#include <stdint.h>

static uint32_t checksum;
#define CSMITH_END(crc) (checksum = checksum * 31 + (crc))
#define main runOnce
#include "CsmithProgram.c"
#undef main

int main(void) {
  for (int round = 0; round < CSMITH_ROUNDS; ++round)
    runOnce();
  return (int)(checksum % 251);
}
