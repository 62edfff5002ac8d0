//===- Linker.h - Running lld -----------------------------------*- C++ -*-===//

#ifndef OPML_TARGET_LINKER_H
#define OPML_TARGET_LINKER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace opml::compiler {

/// An object file or archive.
struct LinkerInput {
  llvm::StringRef name; // in messages; distinct
  llvm::StringRef bytes;
};

/// Runs ld.lld with these arguments, input files and, if it is not empty,
/// linker script. Returns what it links; its messages are the error.
llvm::Expected<llvm::SmallVector<char, 0>>
runLinker(llvm::ArrayRef<std::string> arguments,
          llvm::ArrayRef<LinkerInput> inputs, llvm::StringRef script = "");

} // namespace opml::compiler

#endif // OPML_TARGET_LINKER_H
