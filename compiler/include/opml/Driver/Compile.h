//===- Compile.h - The stages of opml-compile -------------------*- C++ -*-===//

#ifndef OPML_DRIVER_COMPILE_H
#define OPML_DRIVER_COMPILE_H

#include "opml/Import/Import.h"

namespace opml::compiler {

/// Where compiling stops, in order; docs/architecture.md says what each stage
/// hands over.
enum class Stage { Onnx, Opml, Nodes, Linalg, Llvm, Asm, Image };

struct CompileOptions {
  std::string model;
  std::string output; // empty: standard output, for stages that are text
  ImportOptions import;
  unsigned phases = 2;
  /// Where native code is kept; empty: none is made. That it cannot be kept is
  /// a warning, for the image is complete without it.
  std::string nativeCache;
  /// CPU levels to make it for (Levels.cpp); none: all of this machine's
  /// family. Those of another family are of use elsewhere only.
  std::vector<std::string> nativeLevels;
  Stage stage = Stage::Image;
};

/// Runs the stages up to `options.stage` and writes what it hands over. Nothing
/// is written if there is an error. Warnings go to standard error.
llvm::Error compile(const CompileOptions &options);

/// As `compile` after the import, from an imported model.
llvm::Error compileImported(const CompileOptions &options,
                            ImportedModel &model);

} // namespace opml::compiler

#endif // OPML_DRIVER_COMPILE_H
