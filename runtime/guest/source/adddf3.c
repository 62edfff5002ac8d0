//===- adddf3.c - Addition -----------------------------------------------===//

#include "Addition64.h"

uint64_t OPML_GUEST(__adddf3)(uint64_t a, uint64_t b) { return add(a, b); }
