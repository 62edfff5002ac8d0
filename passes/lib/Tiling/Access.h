//===- Access.h - How an operand is read along the loops of a nest --------===//

#ifndef OPML_PASSES_LIB_TILING_ACCESS_H
#define OPML_PASSES_LIB_TILING_ACCESS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Builders.h"
#include <optional>

namespace opml {

/// A place in the loops of a nest: each loop's variable, null for one that is
/// unrolled, and a constant added to it.
struct LoopPoint {
  llvm::SmallVector<mlir::Value> variables;
  llvm::SmallVector<int64_t> offsets;
};

/// A buffer indexed by the loops of a nest: linear in every loop but for one,
/// along which it may be stored in panels (opml-pack-weights).
class Access {
public:
  /// None if the buffer is indexed in any other way, or its elements are
  /// smaller than a byte.
  static std::optional<Access> of(mlir::Value buffer, mlir::AffineMap map);

  mlir::Value buffer() const { return memref; }
  mlir::Type element() const;
  mlir::AffineMap indexingMap() const { return map; }
  /// Elements from one iteration of the loop to the next, within a panel.
  int64_t stride(unsigned loop) const { return strides[loop]; }
  bool isInPanels(unsigned loop) const { return panelLoop == loop; }
  bool dependsOn(unsigned loop) const { return map.isFunctionOfDim(loop); }

  /// The indices at a point. Along the loop of the panels, the variable is a
  /// multiple of a number that divides 16 and exceeds every offset, or is a
  /// multiple of 16.
  llvm::SmallVector<mlir::Value> indices(mlir::OpBuilder &builder,
                                         mlir::Location loc,
                                         const LoopPoint &point) const;

private:
  Access() = default;
  mlir::AffineExpr at(mlir::AffineExpr index, const LoopPoint &point) const;

  mlir::Value memref;
  mlir::AffineMap map;
  llvm::SmallVector<int64_t> strides;
  std::optional<unsigned> panelLoop;
};

} // namespace opml

#endif // OPML_PASSES_LIB_TILING_ACCESS_H
