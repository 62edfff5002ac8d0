//===- VectorizeTiles.cpp - Reductions in tiles of vector registers -------===//

#include "Tiling/TileKernel.h"
#include "Tiling/TileShape.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "opml/Passes/Passes.h"
#include "llvm/Support/MathExtras.h"

namespace opml {
#define GEN_PASS_DEF_VECTORIZETILES
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml;

namespace {

// What a row block's operand may take of a second-level cache, the operand of a
// tile's rows of the first level, and that of its columns.
constexpr int64_t rowBlockBytes = 256 * 1024;
constexpr int64_t rowTileBytes = 16 * 1024;
constexpr int64_t columnTileBytes = 256 * 1024;
// Enough for each of some threads to have several.
constexpr int64_t fewestTasks = 32;

/// `count` elements in tiles of `tile`; the last may be smaller.
struct Tiled {
  int64_t count, tile;
  int64_t full() const { return count / tile; }
  int64_t rest() const { return count % tile; }
  int64_t tiles() const { return llvm::divideCeil(count, tile); }
};

/// One nest as a parallel loop over tasks. A task is a block of rows of one
/// column tile, at one place in the other parallel loops. It takes a long
/// reduction in parts, each for all of its rows.
class TaskLoop {
public:
  TaskLoop(const Nest &nest, const VectorUnit &unit)
      : nest(nest), loc(nest.reduction.op.getLoc()), lanes(unit.lanes),
        ranges(nest.ranges()) {
    unsigned vectorLoop = nest.vectorLoop;
    TileSpace space{nest.rowLoop ? ranges[*nest.rowLoop] : 1,
                    ranges[vectorLoop], false, false};
    for (const Access &input : nest.reduction.accesses) {
      space.columnPanels |= input.isInPanels(vectorLoop);
      space.rowPanels |= nest.rowLoop && input.isInPanels(*nest.rowLoop);
    }
    TileShape shape = chooseTile(unit, space);
    rows = {space.rows, shape.rows};
    columns = {space.columns, shape.vectors * lanes};
    for (unsigned loop = 0; loop < nest.parallelLoops(); ++loop)
      if (loop != vectorLoop && nest.rowLoop != loop)
        outer.push_back(loop);
    choosePart();
    chooseRowBlock();
  }

  void emit(OpBuilder &builder) {
    int64_t tasks = outerTasks() * blocks.tiles() * columns.tiles();
    auto forall = scf::ForallOp::create(
        builder, loc, ArrayRef<OpFoldResult>{builder.getIndexAttr(tasks)},
        ValueRange(), std::nullopt);
    int64_t steps = 1;
    for (int64_t range : ranges)
      steps = llvm::SaturatingMultiply<uint64_t>(steps, range);
    forall->setAttr(workAttrName,
                    builder.getI64IntegerAttr(1 + steps / (4 * lanes)));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(forall.getBody());
    emitTask(builder, forall.getInductionVars().front());
  }

private:
  int64_t outerTasks() const {
    int64_t count = 1;
    for (unsigned loop : outer)
      count *= ranges[loop];
    return count;
  }

  /// Bytes that `outputs` rows or columns read of an operand in one step of the
  /// outermost reduction loop.
  int64_t bytesOfStep(int64_t outputs) const {
    int64_t bytes = outputs * int64_t(sizeof(float));
    for (unsigned loop = nest.parallelLoops() + 1; loop < ranges.size(); ++loop)
      bytes *= ranges[loop];
    return bytes;
  }

  /// As many parts of equal size as it takes for both operands to stay in their
  /// caches. What is read once is not kept.
  void choosePart() {
    int64_t steps = ranges[nest.parallelLoops()];
    int64_t parts = 1;
    if (rows.tiles() > 1)
      parts = std::max(steps * bytesOfStep(rows.tile) / rowTileBytes,
                       steps * bytesOfStep(columns.tile) / columnTileBytes);
    parts = std::clamp<int64_t>(parts, 1, steps);
    depth = {steps, int64_t(llvm::divideCeil(steps, parts))};
  }

  void chooseRowBlock() {
    int64_t tileBytes = depth.tile * bytesOfStep(rows.tile);
    int64_t tiles = std::max<int64_t>(1, rowBlockBytes / tileBytes);
    int64_t wanted = llvm::divideCeil(
        fewestTasks, std::max<int64_t>(1, outerTasks() * columns.tiles()));
    tiles = std::min(tiles, std::max<int64_t>(1, rows.tiles() / wanted));
    blocks = {rows.tiles(), tiles};
  }

  Value apply(OpBuilder &builder, AffineExpr expr, Value value) {
    return getValueOrCreateConstantIndexOp(
        builder, loc,
        affine::makeComposedFoldedAffineApply(builder, loc, expr,
                                              OpFoldResult(value)));
  }

  /// Takes the task's number apart: places in the outer loops, a block of rows,
  /// and innermost the tile of columns, which reads that block once more.
  void emitTask(OpBuilder &builder, Value task) {
    AffineExpr number = builder.getAffineDimExpr(0);
    auto split = [&](int64_t count) {
      AffineExpr digit = number % count;
      number = number.floorDiv(count);
      return apply(builder, digit, task);
    };
    Value columnTile = split(columns.tiles());
    Value block = split(blocks.tiles());
    origin.assign(nest.parallelLoops(), Value());
    for (unsigned loop : llvm::reverse(outer))
      origin[loop] = split(ranges[loop]);
    AffineExpr index = builder.getAffineDimExpr(0);
    origin[nest.vectorLoop] = apply(builder, index * columns.tile, columnTile);
    eitherTile(builder, columns, columnTile,
               [&](OpBuilder &inner, int64_t width) {
                 emitParts(inner, block, width);
               });
  }

  /// The first part, a loop over those in the middle, and the last one.
  void emitParts(OpBuilder &builder, Value block, int64_t width) {
    int64_t parts = depth.tiles();
    auto constant = [&](int64_t value) {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    emitRows(builder, block, width, {Value(), depth.tile, true, parts == 1});
    if (parts > 2) {
      Value begin = constant(depth.tile), step = begin;
      Value end = constant((parts - 1) * depth.tile);
      auto loop = scf::ForOp::create(builder, loc, begin, end, step);
      OpBuilder inner = OpBuilder::atBlockBegin(loop.getBody());
      emitRows(inner, block, width,
               {loop.getInductionVar(), depth.tile, false, false});
    }
    int64_t before = (parts - 1) * depth.tile;
    if (parts > 1)
      emitRows(builder, block, width,
               {constant(before), depth.count - before, false, true});
  }

  /// The tiles of a block of rows, one after the other.
  void emitRows(OpBuilder &builder, Value block, int64_t width,
                const ReductionPart &part) {
    auto constant = [&](int64_t value) {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    AffineExpr index = builder.getAffineDimExpr(0);
    Value begin = apply(builder, index * blocks.tile, block);
    Value end = arith::MinUIOp::create(
        builder, loc, apply(builder, (index + 1) * blocks.tile, block),
        constant(rows.tiles()));
    auto loop = scf::ForOp::create(builder, loc, begin, end, constant(1));
    OpBuilder inner = OpBuilder::atBlockBegin(loop.getBody());
    Value tile = loop.getInductionVar();
    if (nest.rowLoop)
      origin[*nest.rowLoop] = apply(inner, index * rows.tile, tile);
    eitherTile(inner, rows, tile, [&](OpBuilder &kernel, int64_t height) {
      emitTile(kernel, nest, origin, {height, width, lanes}, part);
    });
  }

  /// Emits the code for full tiles, that for the last, smaller one, or a choice
  /// between both.
  void eitherTile(OpBuilder &builder, const Tiled &tiled, Value tile,
                  llvm::function_ref<void(OpBuilder &, int64_t)> emitSize) {
    if (tiled.rest() == 0 || tiled.full() == 0)
      return emitSize(builder, tiled.full() ? tiled.tile : tiled.rest());
    Value full = arith::ConstantIndexOp::create(builder, loc, tiled.full());
    Value isFull = arith::CmpIOp::create(builder, loc,
                                         arith::CmpIPredicate::ult, tile, full);
    auto choice = scf::IfOp::create(builder, loc, isFull, /*withElse=*/true);
    OpBuilder then = choice.getThenBodyBuilder();
    emitSize(then, tiled.tile);
    OpBuilder otherwise = choice.getElseBodyBuilder();
    emitSize(otherwise, tiled.rest());
  }

  const Nest &nest;
  Location loc;
  int64_t lanes;
  SmallVector<int64_t> ranges;
  Tiled rows, columns;
  Tiled blocks;                // of row tiles
  Tiled depth;                 // the outermost reduction loop
  SmallVector<unsigned> outer; // the parallel loops but for row and column
  SmallVector<Value> origin;   // of the current tile
};

struct VectorizeTiles : opml::impl::VectorizeTilesBase<VectorizeTiles> {
  using VectorizeTilesBase::VectorizeTilesBase;

  void runOnOperation() override {
    // Reductions only: what a nest takes in beside its own is erased with it.
    SmallVector<linalg::LinalgOp> reductions;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.getNumReductionLoops() != 0)
        reductions.push_back(op);
    });
    for (linalg::LinalgOp op : reductions)
      if (std::optional<Nest> nest = Nest::around(op))
        replace(*nest);
  }

private:
  void replace(const Nest &nest) {
    // Behind all of them, what each reads is there.
    OpBuilder builder(&getContext());
    Operation *last = nest.tail ? nest.tail->op : nest.reduction.op;
    builder.setInsertionPointAfter(last);
    TaskLoop(nest, {lanes, registers}).emit(builder);
    if (nest.tail)
      nest.tail->op->erase();
    nest.reduction.op->erase();
    if (nest.start)
      nest.start->op->erase();
  }
};

} // namespace
