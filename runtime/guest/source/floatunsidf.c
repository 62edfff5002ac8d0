//===- floatunsidf.c - From unsigned 32-bit integer ----------------------===//

#include "Binary64.h"

uint64_t OPML_GUEST(__floatunsidf)(uint32_t a) { return roundInteger(0, a); }
