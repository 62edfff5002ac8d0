//===- floatsidf.c - From signed 32-bit integer --------------------------===//

#include "Binary64.h"

uint64_t OPML_GUEST(__floatsidf)(uint32_t a) {
  return (int32_t)a < 0 ? roundInteger(SIGN_BIT, -a) : roundInteger(0, a);
}
