//===- addsf3.c - Addition -----------------------------------------------===//

#include "Addition32.h"

uint32_t OPML_GUEST(__addsf3)(uint32_t a, uint32_t b) { return add(a, b); }
