//===- TileShape.cpp - Tiles of outputs that registers hold ---------------===//

#include "TileShape.h"
#include "opml/Passes/Passes.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <limits>

using opml::TileShape;
using opml::TileSpace;
using opml::VectorUnit;

// What CPUs of today have in common: two multiply-adds and two loads a cycle,
// and results that can be used after four cycles.
static constexpr int64_t issuesPerCycle = 2;
static constexpr int64_t latency = 4;

/// Cycles of one step along the reduction: a multiply-add for each accumulator,
/// a load for each row and each vector.
static int64_t cycles(int64_t rows, int64_t vectors) {
  int64_t busiest = std::max(rows * vectors, rows + vectors);
  return std::max(latency * issuesPerCycle, busiest);
}

/// Of all tiles, those at the edges included.
static int64_t cyclesOfSpace(TileShape tile, int64_t rows, int64_t vectors) {
  auto along = [&](int64_t tileRows, int64_t count) {
    if (tileRows == 0)
      return int64_t(0);
    int64_t rest = vectors % tile.vectors;
    return count * (vectors / tile.vectors * cycles(tileRows, tile.vectors) +
                    (rest ? cycles(tileRows, rest) : 0));
  };
  return along(tile.rows, rows / tile.rows) + along(rows % tile.rows, 1);
}

static bool fitsPanels(int64_t size) {
  return size % opml::panelWidth == 0 || opml::panelWidth % size == 0;
}

TileShape opml::chooseTile(const VectorUnit &unit, const TileSpace &space) {
  int64_t vectors = llvm::divideCeil(space.columns, unit.lanes);
  // Each vector is a stream of its own through the other operand's columns.
  constexpr int64_t maxVectors = 4;
  TileShape best{1, 1};
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int64_t v = 1; v <= std::min(vectors, maxVectors); ++v)
    for (int64_t r = 1; r <= space.rows && r * v + v + 1 <= unit.registers;
         ++r) {
      if ((space.rowPanels && !fitsPanels(r)) ||
          (space.columnPanels && !fitsPanels(v * unit.lanes)))
        continue;
      int64_t cost = cyclesOfSpace({r, v}, space.rows, vectors);
      if (cost > least)
        continue;
      // Of two that take as long, the one that loads less often.
      bool fewerLoads = r * v * (best.rows + best.vectors) >
                        best.rows * best.vectors * (r + v);
      if (cost < least || fewerLoads) {
        least = cost;
        best = {r, v};
      }
    }
  return best;
}
