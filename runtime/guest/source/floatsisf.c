//===- floatsisf.c - From signed 32-bit integer --------------------------===//

#include "Binary32.h"

uint32_t OPML_GUEST(__floatsisf)(uint32_t a) {
  return (int32_t)a < 0 ? roundInteger(SIGN_BIT, -a) : roundInteger(0, a);
}
