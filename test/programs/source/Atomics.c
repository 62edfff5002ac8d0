//===- Atomics.c - Load linked and store conditional ----------------------===//

#include "Results.h"

static uint32_t word = 5;
static uint16_t halves[2] = {1, 2};
static uint8_t bytes[4] = {1, 2, 3, 4};

int main(void) {
  for (uint32_t i = 0; i < 50; ++i) {
    note(__atomic_fetch_add(&word, i, __ATOMIC_SEQ_CST));
    note(__atomic_fetch_xor(&word, i << 7, __ATOMIC_ACQ_REL));
    note(__atomic_exchange_n(&halves[i & 1], (uint16_t)(word + i),
                             __ATOMIC_SEQ_CST));
    note(__atomic_sub_fetch(&bytes[i & 3], (uint8_t)i, __ATOMIC_RELAXED));
    uint32_t expected = i & 1 ? word : word + 1;
    note(__atomic_compare_exchange_n(&word, &expected, word * 3, 0,
                                     __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    note(expected);
    uint8_t byte = bytes[1];
    note(__atomic_compare_exchange_n(&bytes[1], &byte, 77, 1, __ATOMIC_SEQ_CST,
                                     __ATOMIC_RELAXED));
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
  }
  return exitStatus();
}
