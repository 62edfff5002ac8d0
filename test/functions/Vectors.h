//===- Vectors.h - glibc's test vectors -------------------------*- C++ -*-===//

#ifndef OPML_TEST_FUNCTIONS_VECTORS_H
#define OPML_TEST_FUNCTIONS_VECTORS_H

#include "llvm/Support/Error.h"
#include <vector>

namespace opml::functions {

struct Vector {
  float x, result;
};

/// The binary32 lines, rounded to nearest, of glibc's auto-libm-test-out-NAME.
llvm::Expected<std::vector<Vector>> readVectors(const std::string &file);

} // namespace opml::functions

#endif // OPML_TEST_FUNCTIONS_VECTORS_H
