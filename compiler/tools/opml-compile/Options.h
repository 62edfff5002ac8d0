//===- Options.h - The command line of opml-compile -------------*- C++ -*-===//

#ifndef OPML_COMPILE_OPTIONS_H
#define OPML_COMPILE_OPTIONS_H

#include "opml/Driver/Compile.h"
#include "llvm/ADT/ArrayRef.h"

namespace opml::compiler {

struct Options : CompileOptions {
  bool help = false;
  bool native = true;

  /// Errors say which argument is wrong and what is expected.
  static llvm::Expected<Options> parse(llvm::ArrayRef<const char *> arguments);
};

extern const char *const helpText;

} // namespace opml::compiler

#endif // OPML_COMPILE_OPTIONS_H
