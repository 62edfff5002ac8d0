//===- Strings.c - Text in constants and buffers --------------------------===//

#include "Results.h"
#include <stddef.h>

static const char *const words[] = {
    "optimistic", "machine",         "learning",
    "",           "one instruction", "\xc3\xa4\xc3\xb6\xc3\xbc"};
static const struct {
  char name[8];
  int32_t value;
} table[] = {{"zero", 0}, {"minus", -1}, {"million", 1000000}};
static char text[2000];
static size_t length;

static void put(const char *s) {
  while (*s)
    text[length++] = *s++;
}

static void putNumber(int32_t value, uint32_t base) {
  char digits[33], *at = digits + 32;
  uint32_t magnitude = value < 0 ? -(uint32_t)value : (uint32_t)value;
  *at = 0;
  do
    *--at = "0123456789abcdefghijklmnopqrstuvwxyz"[magnitude % base];
  while (magnitude /= base);
  if (value < 0)
    *--at = '-';
  put(at);
}

static int compareText(const char *a, const char *b) {
  while (*a && *a == *b)
    ++a, ++b;
  return (unsigned char)*a - (unsigned char)*b;
}

int main(void) {
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i) {
    put(words[i]);
    put(", ");
    for (size_t j = 0; j < i; ++j)
      note((uint32_t)(compareText(words[i], words[j]) < 0));
  }
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    put(table[i].name);
    put(" = ");
    for (uint32_t base = 2; base <= 36; base += 2)
      putNumber(table[i].value, base);
  }
  putNumber(INT32_MIN, 10);
  for (size_t i = 0; i < length; ++i)
    note((uint32_t)(unsigned char)text[i]);
  return exitStatus();
}
