//===- floatdidf.c - From signed 64-bit integer --------------------------===//

#include "Binary64.h"

uint64_t OPML_GUEST(__floatdidf)(uint64_t a) {
  return (int64_t)a < 0 ? roundInteger(SIGN_BIT, -a) : roundInteger(0, a);
}
