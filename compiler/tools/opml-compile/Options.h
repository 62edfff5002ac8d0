//===- Options.h - The command line of opml-compile -------------*- C++ -*-===//

#ifndef OPML_COMPILE_OPTIONS_H
#define OPML_COMPILE_OPTIONS_H

#include "opml/Import/Import.h"
#include "llvm/ADT/ArrayRef.h"

namespace opml::compiler {

/// What opml-compile stops after, in order; docs/architecture.md says what
/// each hands over.
enum class Stage { Onnx, Opml, Nodes, Linalg, Llvm, Asm, Image };

struct Options {
  std::string model;
  std::string output; // empty: standard output, for stages that are text
  ImportOptions import;
  unsigned phases = 2;
  Stage stage = Stage::Image;
  bool help = false;

  /// Errors say which argument is wrong and what is expected.
  static llvm::Expected<Options> parse(llvm::ArrayRef<const char *> arguments);
};

extern const char *const helpText;

} // namespace opml::compiler

#endif // OPML_COMPILE_OPTIONS_H
