//===- BackEnd.h - From canonical linalg to an image ------------*- C++ -*-===//

#ifndef OPML_IMAGE_BACKEND_H
#define OPML_IMAGE_BACKEND_H

#include "opml/Image/Graph.h"
#include "opml/Target/Mips.h"
#include <functional>
#include <optional>
#include <span>

namespace opml::compiler {

/// Finds a weight's bytes by its name; none if there is no such weight.
using FindWeight =
    std::function<std::optional<std::span<const uint8_t>>(llvm::StringRef)>;

/// The stages after linalg.
class BackEnd {
public:
  /// Takes @main out of a module at the linalg stage, as a graph, and lowers
  /// what is left, the node functions, to the LLVM dialect.
  static llvm::Expected<BackEnd> lower(mlir::ModuleOp module);

  /// MIPS assembly of the optimised node functions.
  llvm::Expected<std::string> assembly() const;

  /// Compiles, links and writes the image; it appears at `path` whole or not at
  /// all.
  llvm::Error writeImage(const std::string &path,
                         const FindWeight &weights) const;

private:
  BackEnd(mlir::ModuleOp module, Graph graph)
      : module(module), graph(std::move(graph)) {}

  mlir::ModuleOp module;
  Graph graph;
  std::vector<mips::NodeFunction> functions;
};

} // namespace opml::compiler

#endif // OPML_IMAGE_BACKEND_H
