//===- mulsf3.c - Multiplication -----------------------------------------===//

#include "Multiplication32.h"

uint32_t OPML_GUEST(__mulsf3)(uint32_t a, uint32_t b) {
  return multiply32(a, b);
}
