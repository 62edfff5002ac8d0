//===- Reference.h - Correctly rounded functions ----------------*- C++ -*-===//

#ifndef OPML_TEST_FUNCTIONS_REFERENCE_H
#define OPML_TEST_FUNCTIONS_REFERENCE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace opml::functions {

struct Function {
  llvm::StringLiteral name;
  llvm::StringLiteral body; // as for CompiledFunction::compile
  bool isBinary;
  /// The result rounded to nearest; some NaN where there is none.
  float (*rounded)(float x, float y);
};

llvm::ArrayRef<Function> functions();

} // namespace opml::functions

#endif // OPML_TEST_FUNCTIONS_REFERENCE_H
