//===- floatundidf.c - From unsigned 64-bit integer ----------------------===//

#include "Binary64.h"

uint64_t OPML_GUEST(__floatundidf)(uint64_t a) { return roundInteger(0, a); }
