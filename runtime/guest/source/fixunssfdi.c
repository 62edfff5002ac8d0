//===- fixunssfdi.c - To unsigned 64-bit integer -------------------------===//

#include "Binary32.h"

#include "Conversion.h"

uint64_t OPML_GUEST(__fixunssfdi)(uint32_t a) { return toUnsigned(a, 64); }
