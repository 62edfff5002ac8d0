//===- CodeAddresses.c - Jump tables and pointers to functions ------------===//

#include "Results.h"

typedef uint32_t Operation(uint32_t, uint32_t);

static uint32_t add(uint32_t a, uint32_t b) { return a + b; }
static uint32_t subtract(uint32_t a, uint32_t b) { return a - b; }
static uint32_t rotate(uint32_t a, uint32_t b) {
  return a << (b & 31) | a >> (-b & 31);
}
static uint32_t multiply(uint32_t a, uint32_t b) { return a * b; }

static Operation *const constant[] = {add, subtract, rotate, multiply};
static Operation *changing[] = {multiply, rotate, subtract, add};

struct Object {
  const struct Class *class;
  uint32_t value;
};
struct Class {
  uint32_t (*get)(const struct Object *);
  void (*set)(struct Object *, uint32_t);
};

static uint32_t getPlain(const struct Object *o) { return o->value; }
static uint32_t getTwice(const struct Object *o) { return o->value * 2; }
static void set(struct Object *o, uint32_t value) { o->value = value; }
static const struct Class plain = {getPlain, set}, twice = {getTwice, set};

static uint32_t apply(Operation *operation, uint32_t times, uint32_t value) {
  for (uint32_t i = 0; i < times; ++i)
    value = operation(value, i);
  return value;
}

static uint32_t select(uint32_t index, uint32_t a) {
  switch (index) {
  case 0:
    return a + 3;
  case 1:
    return a * 5;
  case 2:
    return a ^ 0x55;
  case 3:
    return a >> 3;
  case 4:
    return ~a;
  case 5:
    return a * a;
  case 6:
    return a - 77;
  case 7:
    return a % 10;
  case 100:
    return 1;
  case 10000:
    return 2;
  default:
    return a;
  }
}

/// An interpreter with a label for each operation.
static uint32_t interpret(const unsigned char *program, uint32_t a) {
  static const void *const labels[] = {&&stop, &&increment, &&twice, &&invert};
  goto *labels[*program++];
increment:
  ++a;
  goto *labels[*program++];
twice:
  a *= 2;
  goto *labels[*program++];
invert:
  a = ~a;
  goto *labels[*program++];
stop:
  return a;
}

int main(void) {
  for (uint32_t i = 0; i < 100; ++i) {
    note(constant[i & 3](i, i * 7));
    note(apply(changing[(i >> 2) & 3], i & 7, i));
    changing[i & 3] = constant[nextRandom() & 3];
    note(select(i & 15, i));
    note(select(i * 100, i));
    struct Object object = {i & 1 ? &plain : &twice, 0};
    object.class->set(&object, i);
    note(object.class->get(&object));
  }
  note(interpret((const unsigned char[]){1, 2, 3, 2, 1, 1, 3, 0}, 5));
  return exitStatus();
}
