//===- floatunsisf.c - From unsigned 32-bit integer ----------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__floatunsisf)(uint32_t a) { return roundInteger(0, a); }
