//===- Translator.h - Guest code as the host's machine code -----*- C++ -*-===//
//
// Guest functions are translated to LLVM IR when they are first entered, from
// the same spec as the interpreter (opml-isa-gen --emit=llvm), and compiled by
// LLVM's ORC. Whatever is rare stays the interpreter's: traps, the halt, the
// last few steps before a limit.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TRANSLATOR_H
#define OPML_VM_TRANSLATOR_H

#include "opml/vm/Engine.h"
#include "opml/vm/Error.h"
#include <filesystem>
#include <functional>
#include <memory>

namespace opml::vm {

/// What an engine has done so far.
struct TranslatorStats {
  uint64_t pieces = 0;                 // of code, about one per function
  uint64_t cachedPieces = 0;           // of these, compiled by an earlier run
  uint64_t translatedInstructions = 0; // those in two pieces count twice
  uint64_t interpretedSteps = 0;
  double compileSeconds = 0;
};

struct TranslatorOptions {
  /// Where compiled pieces are kept for later runs: a directory that belongs to
  /// the user and that nobody else can write. Empty: nowhere.
  std::filesystem::path cache;
  /// Hears, once, why something could not be compiled. The interpreter
  /// executes it then, and states are the same.
  std::function<void(const std::string &why)> onFailure;
};

class Translator : public Engine {
public:
  /// `code` must outlive the translator. Fails if LLVM has no code generator
  /// for the host.
  static Expected<std::unique_ptr<Translator>>
  create(const Code &code, TranslatorOptions options = {});

  virtual TranslatorStats stats() const = 0;
};

} // namespace opml::vm

#endif // OPML_VM_TRANSLATOR_H
