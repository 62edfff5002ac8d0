//===- PrintChecksums.c - The host's checksums, as C initialisers ---------===//

#include "Checksums.h"
#include <stdio.h>

int main(void) {
  for (int routine = 0; routine < routineCount(); ++routine)
    printf("0x%08x,\n", (unsigned)routineChecksum(routine));
  return 0;
}
