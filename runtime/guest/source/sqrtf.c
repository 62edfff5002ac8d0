//===- sqrtf.c - Square root ---------------------------------------------===//

#include "Binary32.h"

#include "SquareRoot.h"

uint32_t OPML_GUEST(sqrtf)(uint32_t a) { return squareRoot(a); }
