//===- fixsfdi.c - To signed 64-bit integer ------------------------------===//

#include "Binary32.h"

#include "Conversion.h"

int64_t OPML_GUEST(__fixsfdi)(uint32_t a) { return toSigned(a, 64); }
