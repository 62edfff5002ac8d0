//===- Structs.c - Structs by value, bit-fields, unaligned members --------===//

#include "Results.h"

struct Point {
  int16_t x, y;
};
struct Matrix {
  double cells[2][2];
};
struct Mixed {
  char letter;
  int64_t wide;
  float number;
  struct Point point;
};
struct __attribute__((packed)) Packed {
  uint8_t byte;
  uint32_t word;
  uint16_t half;
  uint64_t wide;
};
struct Fields {
  uint32_t low : 5;
  int32_t middle : 13;
  uint32_t high : 14;
  uint64_t wide : 40;
  int64_t rest : 24;
};
union Bits {
  uint32_t word;
  uint8_t bytes[4];
  struct Point point;
};

static struct Point mirror(struct Point p) {
  return (struct Point){p.y, (int16_t)-p.x};
}
static struct Matrix product(struct Matrix a, struct Matrix b) {
  struct Matrix c = {{{0}}};
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 2; ++k)
        c.cells[i][j] += a.cells[i][k] * b.cells[k][j];
  return c;
}
static struct Mixed change(int first, struct Mixed m, char last) {
  m.letter = (char)(m.letter + last);
  m.wide += first;
  m.number *= 1.5f;
  m.point = mirror(m.point);
  return m;
}

static struct Packed packed[7];
static struct Fields fields;

int main(void) {
  struct Matrix fibonacci = {{{1, 1}, {1, 0}}}, power = fibonacci;
  struct Mixed mixed = {'a', -1, 0.25f, {3, -4}};
  for (int i = 0; i < 30; ++i) {
    power = product(power, fibonacci);
    mixed = change(i, mixed, (char)i);
    noteDouble(power.cells[0][1]);
    note((uint32_t)(unsigned char)mixed.letter);
    note64((uint64_t)mixed.wide);
    noteFloat(mixed.number);
    union Bits bits = {.point = mixed.point};
    note(bits.word + bits.bytes[3]);
    fields.low = (uint32_t)i;
    fields.middle -= i * 37;
    fields.high += (uint32_t)fields.middle;
    fields.wide = fields.wide * 31 + fields.high;
    fields.rest -= (int64_t)fields.wide;
    note(fields.low + fields.high + (uint32_t)fields.middle);
    note64(fields.wide + (uint64_t)fields.rest);
  }
  for (uint32_t i = 0; i < 700; ++i) {
    struct Packed *p = &packed[nextRandom() % 7]; // at every misalignment
    p->word += nextRandom() + p->byte++;
    p->half = (uint16_t)(p->half ^ p->word);
    p->wide = p->wide * 3 + p->word + p->half;
    note64(p->wide);
  }
  return exitStatus();
}
