//===- sqrt.c - Square root ----------------------------------------------===//

#include "Binary64.h"

#include "SquareRoot.h"

uint64_t OPML_GUEST(sqrt)(uint64_t a) { return squareRoot(a); }
