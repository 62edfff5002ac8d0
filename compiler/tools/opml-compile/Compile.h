//===- Compile.h - The stages of opml-compile -------------------*- C++ -*-===//

#ifndef OPML_COMPILE_COMPILE_H
#define OPML_COMPILE_COMPILE_H

#include "Options.h"

namespace opml::compiler {

/// Runs the stages up to `options.stage` and writes what it hands over. Nothing
/// is written if there is an error.
llvm::Error compile(const Options &options);

} // namespace opml::compiler

#endif // OPML_COMPILE_COMPILE_H
