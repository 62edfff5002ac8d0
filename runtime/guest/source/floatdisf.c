//===- floatdisf.c - From signed 64-bit integer --------------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__floatdisf)(uint64_t a) {
  return (int64_t)a < 0 ? roundWideInteger(SIGN_BIT, -a)
                        : roundWideInteger(0, a);
}
