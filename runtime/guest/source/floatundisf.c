//===- floatundisf.c - From unsigned 64-bit integer ----------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__floatundisf)(uint64_t a) {
  return roundWideInteger(0, a);
}
