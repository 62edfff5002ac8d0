//===- fixdfdi.c - To signed 64-bit integer ------------------------------===//

#include "Binary64.h"

#include "Conversion.h"

int64_t OPML_GUEST(__fixdfdi)(uint64_t a) { return toSigned(a, 64); }
