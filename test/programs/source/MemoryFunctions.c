//===- MemoryFunctions.c - memcpy and its kin -----------------------------===//

#include "Results.h"
#include <stddef.h>

void *memcpy(void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);

static unsigned char buffer[4096];
static unsigned char other[4096];

struct Large {
  uint32_t words[100];
};
static struct Large first, second;

static void noteBuffer(const unsigned char *bytes, size_t size) {
  for (size_t i = 0; i < size; ++i)
    note(bytes[i]);
}

int main(void) {
  for (size_t i = 0; i < sizeof buffer; ++i)
    buffer[i] = (unsigned char)nextRandom();
  for (size_t distance = 0; distance < 12; ++distance)
    for (size_t size = 0; size < 40; size += 3) {
      memmove(buffer + 100 + distance, buffer + 100, size); // upwards
      memmove(buffer + 300, buffer + 300 + distance, size); // downwards
      memcpy(other + distance, buffer + size, size);
      memset(other + 200 + distance, (int)(size + 256), size);
      note((uint32_t)(memcmp(buffer + distance, other + size, size) < 0));
      noteBuffer(buffer, 400);
    }
  memcpy(other, buffer, sizeof other);
  note((uint32_t)memcmp(buffer, other, sizeof other));
  other[4000] ^= 1;
  note((uint32_t)(memcmp(buffer, other, sizeof other) < 0));
  for (uint32_t i = 0; i < 100; ++i)
    first.words[i] = nextRandom();
  second = first;             // a call of memcpy
  struct Large third = {{5}}; // and of memset
  third.words[nextRandom() % 100] = second.words[50];
  noteBuffer((const unsigned char *)&third, sizeof third);
  noteBuffer(other, sizeof other);
  return exitStatus();
}
