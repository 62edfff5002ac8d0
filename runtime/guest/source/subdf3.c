//===- subdf3.c - Subtraction --------------------------------------------===//

#include "Addition64.h"

uint64_t OPML_GUEST(__subdf3)(uint64_t a, uint64_t b) {
  return add(a, b ^ SIGN_BIT);
}
