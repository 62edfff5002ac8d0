//===- fma.c - Fused multiply-add ----------------------------------------===//

#include "Binary64.h"

#include "FusedMultiplyAdd.h"

uint64_t OPML_GUEST(fma)(uint64_t a, uint64_t b, uint64_t c) {
  if (isZero(a))
    return addZeroProduct(b, a ^ b, c);
  if (isZero(b))
    return addZeroProduct(a, a ^ b, c);
  return fusedMultiplyAdd(a, b, c);
}
