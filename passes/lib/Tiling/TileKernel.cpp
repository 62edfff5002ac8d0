//===- TileKernel.cpp - The code of one tile of outputs -------------------===//

#include "TileKernel.h"
#include "VectorAccess.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include <map>

using namespace mlir;
using namespace opml;

// Innermost reduction loops are unrolled up to this many steps: those along a
// row of a convolution's kernel, for example.
static constexpr int64_t maxUnrolled = 8;

namespace {

class TileEmitter {
public:
  TileEmitter(OpBuilder &builder, const Nest &nest, ArrayRef<Value> origin,
              TileSize size, const ReductionPart &part)
      : builder(builder), loc(nest.reduction.op.getLoc()), nest(nest),
        size(size), part(part), ranges(nest.ranges()) {
    point.variables.assign(origin.begin(), origin.end());
    point.variables.resize(ranges.size());
    point.offsets.assign(ranges.size(), 0);
    unrolledFrom = ranges.size();
    for (int64_t steps = 1; unrolledFrom > nest.parallelLoops();
         --unrolledFrom) {
      steps *= ranges[unrolledFrom - 1];
      if (steps > maxUnrolled)
        break;
    }
  }

  void emit() {
    SmallVector<Value> outputs = reduce(nest.parallelLoops(), start());
    bool withTail = nest.tail && part.isLast;
    if (withTail)
      outputs = tail(outputs);
    const Access &written =
        withTail ? nest.tail->output() : nest.reduction.output();
    forEachVector([&](int64_t row, int64_t vector) {
      writeVector(builder, loc, written, place(row, vector),
                  outputs[row * size.vectors() + vector]);
    });
  }

private:
  /// The vectors in which the tile's rows and columns stand.
  VectorPlace place(int64_t row, int64_t vector) const {
    VectorPlace result{point, nest.vectorLoop, size.lanes, 0};
    int64_t column = vector * size.lanes;
    result.point.offsets[nest.vectorLoop] = column;
    if (nest.rowLoop)
      result.point.offsets[*nest.rowLoop] = row;
    result.active = std::min(size.lanes, size.columns - column);
    return result;
  }

  template <typename Callback> void forEachVector(Callback callback) {
    for (int64_t row = 0; row < size.rows; ++row)
      for (int64_t vector = 0; vector < size.vectors(); ++vector)
        callback(row, vector);
  }

  /// The operands of one op at the current point, each vector read once.
  class Reader {
  public:
    Reader(TileEmitter &tile, const NestOp &op) : tile(tile), op(op) {}

    Value read(unsigned operand, int64_t row, int64_t vector) {
      const Access &access = op.accesses[operand];
      const Nest &nest = tile.nest;
      if (!nest.rowLoop || !access.dependsOn(*nest.rowLoop))
        row = 0;
      if (!access.dependsOn(nest.vectorLoop))
        vector = 0;
      Value &value = values[{operand, row, vector}];
      if (!value)
        value =
            readVector(tile.builder, tile.loc, access, tile.place(row, vector));
      return value;
    }

  private:
    TileEmitter &tile;
    const NestOp &op;
    std::map<std::tuple<unsigned, int64_t, int64_t>, Value> values;
  };

  SmallVector<Value> start() {
    SmallVector<Value> result;
    bool fromStart = nest.start && part.isFirst;
    if (fromStart && isa<linalg::FillOp>(nest.start->op.getOperation())) {
      Value scalar = nest.start->op->getOperand(0);
      result.assign(size.rows * size.vectors(),
                    splat(builder, loc, scalar, size.lanes));
      return result;
    }
    const NestOp &op = fromStart ? *nest.start : nest.reduction;
    unsigned output = op.accesses.size() - 1;
    Reader reader(*this, op);
    forEachVector([&](int64_t row, int64_t vector) {
      if (!fromStart)
        return result.push_back(reader.read(output, row, vector));
      result.push_back(evaluate(op, [&](unsigned operand) {
        return reader.read(operand, row, vector);
      }));
    });
    return result;
  }

  SmallVector<Value> tail(ArrayRef<Value> accumulators) {
    SmallVector<Value> result;
    const NestOp &op = *nest.tail;
    Value accumulated = nest.reduction.output().buffer();
    Reader reader(*this, op);
    forEachVector([&](int64_t row, int64_t vector) {
      result.push_back(evaluate(op, [&](unsigned operand) {
        if (op.accesses[operand].buffer() == accumulated)
          return accumulators[row * size.vectors() + vector];
        return reader.read(operand, row, vector);
      }));
    });
    return result;
  }

  /// The reduction loops from `loop` inwards.
  SmallVector<Value> reduce(unsigned loop, SmallVector<Value> accumulators) {
    if (loop == ranges.size())
      return step(accumulators);
    if (loop >= unrolledFrom) {
      for (int64_t i = 0; i < ranges[loop]; ++i) {
        point.offsets[loop] = i;
        accumulators = reduce(loop + 1, accumulators);
      }
      point.offsets[loop] = 0;
      return accumulators;
    }
    bool isPart = loop == nest.parallelLoops();
    int64_t steps = isPart ? part.steps : ranges[loop];
    auto constant = [&](int64_t value) {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    Value begin = constant(0), end = constant(steps), one = constant(1);
    if (isPart && part.begin) {
      begin = part.begin;
      end = arith::AddIOp::create(builder, loc, begin, end);
    }
    auto body = [&](OpBuilder &inner, Location, Value variable,
                    ValueRange carried) {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPoint(inner.getInsertionBlock(),
                                inner.getInsertionPoint());
      point.variables[loop] = variable;
      scf::YieldOp::create(builder, loc,
                           reduce(loop + 1, SmallVector<Value>(carried)));
    };
    auto emitted =
        scf::ForOp::create(builder, loc, begin, end, one, accumulators, body);
    point.variables[loop] = Value();
    return emitted.getResults();
  }

  SmallVector<Value> step(ArrayRef<Value> accumulators) {
    SmallVector<Value> result;
    const NestOp &op = nest.reduction;
    unsigned output = op.accesses.size() - 1;
    Reader reader(*this, op);
    forEachVector([&](int64_t row, int64_t vector) {
      result.push_back(evaluate(op, [&](unsigned operand) {
        return operand == output ? accumulators[row * size.vectors() + vector]
                                 : reader.read(operand, row, vector);
      }));
    });
    return result;
  }

  /// The op's body on vectors; only the operands that it uses are asked for.
  Value evaluate(const NestOp &op,
                 llvm::function_ref<Value(unsigned)> operand) {
    IRMapping mapping;
    Block &body = op.body();
    for (BlockArgument argument : body.getArguments())
      if (!argument.use_empty())
        mapping.map(argument, operand(argument.getArgNumber()));
    auto inLanes = [&](Value value) {
      if (!mapping.contains(value)) // a constant
        mapping.map(value, splat(builder, loc, value, size.lanes));
      return mapping.lookup(value);
    };
    for (Operation &scalar : body.without_terminator()) {
      if (isa<arith::ConstantOp>(scalar))
        continue;
      for (Value used : scalar.getOperands())
        inLanes(used);
      Operation *vector = builder.clone(scalar, mapping);
      for (OpResult result : vector->getResults())
        result.setType(VectorType::get(size.lanes, result.getType()));
    }
    return inLanes(body.getTerminator()->getOperand(0));
  }

  OpBuilder &builder;
  Location loc;
  const Nest &nest;
  TileSize size;
  ReductionPart part;
  SmallVector<int64_t> ranges;
  unsigned unrolledFrom; // the first loop that is unrolled
  LoopPoint point;       // of the tile's first output
};

} // namespace

void opml::emitTile(OpBuilder &builder, const Nest &nest,
                    ArrayRef<Value> origin, TileSize size,
                    const ReductionPart &part) {
  TileEmitter(builder, nest, origin, size, part).emit();
}
