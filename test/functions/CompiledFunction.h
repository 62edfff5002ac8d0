//===- CompiledFunction.h - A scalar operation in native code ---*- C++ -*-===//

#ifndef OPML_TEST_FUNCTIONS_COMPILEDFUNCTION_H
#define OPML_TEST_FUNCTIONS_COMPILEDFUNCTION_H

#include "opml/runtime/NativeAbi.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace opml::functions {

/// Operands that a compiled function takes at once.
inline constexpr size_t blockSize = 4096;
using Block = std::vector<float>;

/// A function of one or two floats, taken through opml-lower-to-linalg and all
/// that follows to a native library, and loaded.
class CompiledFunction {
public:
  /// `body` computes %z from %x and %y.
  static llvm::Expected<CompiledFunction> compile(const std::string &body);

  /// All blocks have blockSize elements.
  void run(const Block &x, const Block &y, Block &result) const;

private:
  // Stays loaded until the process ends.
  const runtime::NativeFunction *function = nullptr;
};

} // namespace opml::functions

#endif // OPML_TEST_FUNCTIONS_COMPILEDFUNCTION_H
