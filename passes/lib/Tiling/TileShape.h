//===- TileShape.h - Tiles of outputs that registers hold -----------------===//

#ifndef OPML_PASSES_LIB_TILING_TILESHAPE_H
#define OPML_PASSES_LIB_TILING_TILESHAPE_H

#include <cstdint>

namespace opml {

/// The vector registers that a tile is computed in.
struct VectorUnit {
  int64_t lanes;     // of 32 bits
  int64_t registers; // that a kernel may use
};

/// Outputs along the row loop and the vector loop.
struct TileSpace {
  int64_t rows, columns;
  bool rowPanels, columnPanels; // an operand lies in panels along it
};

/// As many accumulators as rows * vectors, each of `lanes` columns.
struct TileShape {
  int64_t rows, vectors;
};

/// The shape that needs the fewest cycles for the whole space. Along panels a
/// tile starts at a panel's begin, or lies within one.
TileShape chooseTile(const VectorUnit &unit, const TileSpace &space);

} // namespace opml

#endif // OPML_PASSES_LIB_TILING_TILESHAPE_H
