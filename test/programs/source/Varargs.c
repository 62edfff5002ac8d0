//===- Varargs.c - Functions of any number of arguments -------------------===//

#include "Results.h"
#include <stdarg.h>

struct Pair {
  int32_t first;
  int64_t second;
};
struct Small {
  unsigned char bytes[3];
};

/// One letter a type.
static void noteAll(const char *types, ...) {
  va_list arguments, again;
  va_start(arguments, types);
  va_copy(again, arguments);
  for (const char *type = types; *type; ++type)
    switch (*type) {
    case 'i':
      note((uint32_t)va_arg(arguments, int));
      break;
    case 'l':
      note64((uint64_t)va_arg(arguments, long long));
      break;
    case 'd':
      noteDouble(va_arg(arguments, double));
      break;
    case 's':
      for (const char *s = va_arg(arguments, const char *); *s; ++s)
        note((uint32_t)*s);
      break;
    case 'p': {
      struct Pair pair = va_arg(arguments, struct Pair);
      note((uint32_t)pair.first);
      note64((uint64_t)pair.second);
      break;
    }
    case 'b': {
      struct Small small = va_arg(arguments, struct Small);
      note(small.bytes[0] + small.bytes[1] * 3u + small.bytes[2] * 7u);
      break;
    }
    }
  if (*types == 'i')
    note((uint32_t)va_arg(again, int));
  va_end(again);
  va_end(arguments);
}

int main(void) {
  struct Pair pair = {-5, 0x123456789abcdef};
  struct Small small = {{1, 2, 250}};
  noteAll("");
  noteAll("iiiiii", 1, -2, 3, -4, 5, 6);
  noteAll("ilil", 1, 2LL << 40, 3, -4LL);
  noteAll("lidid", 1LL, 2, 0.5, 3, -1e300);
  noteAll("idpbs", 7, 0.1, pair, small, "some text");
  noteAll("bpbp", small, pair, small, pair);
  noteAll("sdsd", "a", 1.0f, "", -0.0);
  return exitStatus();
}
