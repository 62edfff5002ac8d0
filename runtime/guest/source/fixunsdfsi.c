//===- fixunsdfsi.c - To unsigned 32-bit integer -------------------------===//

#include "Binary64.h"

#include "Conversion.h"

uint32_t OPML_GUEST(__fixunsdfsi)(uint64_t a) {
  return (uint32_t)toUnsigned(a, 32);
}
