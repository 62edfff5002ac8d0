//===- subsf3.c - Subtraction --------------------------------------------===//

#include "Addition32.h"

uint32_t OPML_GUEST(__subsf3)(uint32_t a, uint32_t b) {
  return add(a, b ^ SIGN_BIT);
}
