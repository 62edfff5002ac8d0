//===- rint.c - Round as the machine does --------------------------------===//

#include "Binary64.h"

#include "RoundToIntegral.h"

uint64_t OPML_GUEST(rint)(uint64_t a) { return roundToIntegral(a, ToEven); }
