//===- muldf3.c - Multiplication -----------------------------------------===//

#include "Binary64.h"

#include "Multiplication.h"

uint64_t OPML_GUEST(__muldf3)(uint64_t a, uint64_t b) { return multiply(a, b); }
