//===- CompareChecksums.c - Bare guest program ----------------------------===//
//
// Exits with 0, or with 1 + the first routine whose checksum differs from the
// host's.
//
//===----------------------------------------------------------------------===//

#include "Checksums.h"

static const uint32_t expected[] = {
#include "HostChecksums.inc"
};

int main(void) {
  for (int routine = 0; routine < routineCount(); ++routine)
    if (routineChecksum(routine) != expected[routine])
      return 1 + routine;
  return 0;
}
