/* The permutation keccak-f[1600] (FIPS 202, section 3), over and over: 64-bit
   rotations and logic on 32-bit registers. */

#include <stdint.h>

enum { repetitions = 60000, rounds = 24 };

static uint64_t rotateLeft(uint64_t value, unsigned amount) {
  return amount == 0 ? value : value << amount | value >> (64 - amount);
}

/* The round constant's bits are those of a linear feedback shift register. */
static uint64_t roundConstant(uint8_t *lfsr) {
  uint64_t constant = 0;
  for (unsigned j = 0; j < 7; ++j) {
    if (*lfsr & 1)
      constant |= (uint64_t)1 << ((1u << j) - 1);
    *lfsr = (uint8_t)(*lfsr << 1 ^ (*lfsr & 0x80 ? 0x71 : 0));
  }
  return constant;
}

static void permute(uint64_t lanes[25], const uint64_t constants[rounds]) {
  for (int round = 0; round < rounds; ++round) {
    uint64_t parity[5];
    for (int x = 0; x < 5; ++x)
      parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^
                  lanes[x + 20];
    for (int x = 0; x < 5; ++x) {
      uint64_t both = parity[(x + 4) % 5] ^ rotateLeft(parity[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5)
        lanes[x + y] ^= both;
    }
    /* rho and pi: lane (x, y) moves to (y, 2x + 3y). */
    uint64_t moved = lanes[1];
    int x = 1, y = 0;
    for (unsigned t = 0; t < 24; ++t) {
      int next = (2 * x + 3 * y) % 5;
      x = y;
      y = next;
      uint64_t kept = lanes[x + 5 * y];
      lanes[x + 5 * y] = rotateLeft(moved, (t + 1) * (t + 2) / 2 % 64);
      moved = kept;
    }
    for (int row = 0; row < 25; row += 5) {
      uint64_t before[5];
      for (int i = 0; i < 5; ++i)
        before[i] = lanes[row + i];
      for (int i = 0; i < 5; ++i)
        lanes[row + i] =
            before[i] ^ (~before[(i + 1) % 5] & before[(i + 2) % 5]);
    }
    lanes[0] ^= constants[round];
  }
}

int main(void) {
  static uint64_t lanes[25];
  uint64_t constants[rounds];
  uint8_t lfsr = 1;
  for (int i = 0; i < rounds; ++i)
    constants[i] = roundConstant(&lfsr);
  permute(lanes, constants);
  /* Known answer: the first lane of the permuted zero state (Keccak team). */
  if (lanes[0] != 0xf1258f7940e1dde7u)
    return 1;
  for (int i = 1; i < repetitions; ++i)
    permute(lanes, constants);
  return 0;
}
