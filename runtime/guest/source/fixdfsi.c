//===- fixdfsi.c - To signed 32-bit integer ------------------------------===//

#include "Binary64.h"

#include "Conversion.h"

int32_t OPML_GUEST(__fixdfsi)(uint64_t a) { return (int32_t)toSigned(a, 32); }
