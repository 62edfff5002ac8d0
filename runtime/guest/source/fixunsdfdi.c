//===- fixunsdfdi.c - To unsigned 64-bit integer -------------------------===//

#include "Binary64.h"

#include "Conversion.h"

uint64_t OPML_GUEST(__fixunsdfdi)(uint64_t a) { return toUnsigned(a, 64); }
