//===- BackEnd.h - From canonical linalg to an image ------------*- C++ -*-===//

#ifndef OPML_IMAGE_BACKEND_H
#define OPML_IMAGE_BACKEND_H

#include "mlir/IR/OwningOpRef.h"
#include "opml/Image/Graph.h"
#include "opml/Target/Native.h"
#include <functional>
#include <optional>
#include <span>

namespace opml::compiler {

/// Finds a weight's bytes by its name; none if there is no such weight.
using FindWeight =
    std::function<std::optional<std::span<const uint8_t>>(llvm::StringRef)>;

/// Machine code of a model's nodes, for some CPU levels.
class NativeCode {
public:
  /// Links it for the model with this root and keeps it in a cache
  /// (opml/runtime/NativeCache.h).
  llvm::Error keep(const std::string &cache,
                   const runtime::Hash &modelRoot) const;

private:
  friend class BackEnd;
  std::vector<std::pair<const native::Level *, native::Bytes>> objects;
};

/// The stages after linalg.
class BackEnd {
public:
  /// Takes @main out of a module at the linalg stage, as a graph, and lowers
  /// what is left, the node functions, to the LLVM dialect.
  static llvm::Expected<BackEnd> lower(mlir::ModuleOp module);

  /// MIPS assembly of the optimised node functions.
  llvm::Expected<std::string> assembly() const;

  /// Compiles, links and writes the image; it appears at `path` whole or not at
  /// all. Returns its model root.
  llvm::Expected<runtime::Hash> writeImage(const std::string &path,
                                           const FindWeight &weights) const;

  /// Compiles the node functions for these CPU levels.
  llvm::Expected<NativeCode>
  compileNative(llvm::ArrayRef<const native::Level *> levels) const;

private:
  BackEnd(mlir::ModuleOp module, Graph graph)
      : module(module), graph(std::move(graph)) {}

  mlir::ModuleOp module;
  mlir::OwningOpRef<mlir::ModuleOp> bufferized;
  Graph graph;
  std::vector<NodeFunction> functions;
};

} // namespace opml::compiler

#endif // OPML_IMAGE_BACKEND_H
