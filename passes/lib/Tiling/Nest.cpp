//===- Nest.cpp - A reduction with what comes before and after it ---------===//

#include "Nest.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "opml/Passes/Passes.h"

using namespace mlir;
using opml::Access;
using opml::Nest;
using opml::NestOp;

/// The argument or allocation that a buffer is a part of.
static Value wholeBuffer(Value buffer) {
  while (auto view = buffer.getDefiningOp<ViewLikeOpInterface>())
    buffer = view.getViewSource();
  return buffer;
}

/// Whether each operation of the body has a counterpart on vectors.
static bool isLanewise(Block &body) {
  return llvm::all_of(body.without_terminator(), [](Operation &op) {
    return isa<arith::ConstantOp>(op) ||
           OpTrait::hasElementwiseMappableTraits(&op);
  });
}

static std::optional<NestOp> nestOp(linalg::LinalgOp op) {
  if (!isa<linalg::GenericOp, linalg::FillOp>(op.getOperation()) ||
      op.getNumDpsInits() != 1 || !isLanewise(*op.getBlock()))
    return std::nullopt;
  // The output is indexed by the parallel loops, which come first.
  unsigned parallel = op.getNumParallelLoops();
  AffineMap output = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  AffineMap parallelLoops = AffineMap::get(
      op.getNumLoops(), 0,
      AffineMap::getMultiDimIdentityMap(parallel, op.getContext()).getResults(),
      op.getContext());
  if (output != parallelLoops)
    return std::nullopt;
  NestOp result{op, {}};
  for (OpOperand &operand : op->getOpOperands()) {
    // A scalar, the value of a fill, is a buffer's element in no other op.
    if (!isa<MemRefType>(operand.get().getType())) {
      if (!isa<linalg::FillOp>(op.getOperation()))
        return std::nullopt;
      continue;
    }
    auto access =
        Access::of(operand.get(), op.getMatchingIndexingMap(&operand));
    if (!access)
      return std::nullopt;
    result.accesses.push_back(std::move(*access));
  }
  return result;
}

/// The linalg op before or after `op` if nothing but computations without
/// effects stands between them.
static linalg::LinalgOp neighbour(Operation *op, bool before) {
  do
    op = before ? op->getPrevNode() : op->getNextNode();
  while (op && !isa<linalg::LinalgOp>(op) && isMemoryEffectFree(op));
  return dyn_cast_or_null<linalg::LinalgOp>(op);
}

static bool readsOutput(linalg::LinalgOp op) {
  return op.payloadUsesValueFromOperand(op.getDpsInitOperand(0));
}

static bool readsBuffer(const NestOp &op, Value whole) {
  return llvm::any_of(op.op.getDpsInputOperands(), [&](OpOperand *input) {
    return wholeBuffer(input->get()) == whole;
  });
}

/// What fills the buffer of the accumulators.
static std::optional<NestOp> findStart(const NestOp &reduction) {
  linalg::LinalgOp before = neighbour(reduction.op, /*before=*/true);
  if (!before || before.getNumReductionLoops() != 0 || readsOutput(before))
    return std::nullopt;
  auto start = nestOp(before);
  Value buffer = reduction.output().buffer();
  if (!start || start->output().buffer() != buffer ||
      readsBuffer(*start, wholeBuffer(buffer)))
    return std::nullopt;
  return start;
}

/// Whether the nest's own ops are the only ones that use the buffer.
static bool isPrivate(Value buffer, const Nest &nest, linalg::LinalgOp tail) {
  auto argument = dyn_cast<BlockArgument>(buffer);
  auto function =
      argument ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())
               : func::FuncOp();
  if (!function ||
      !function.getArgAttr(argument.getArgNumber(), opml::scratchAttrName))
    return false;
  return llvm::all_of(buffer.getUsers(), [&](Operation *user) {
    return user == nest.reduction.op || user == tail ||
           (nest.start && user == nest.start->op);
  });
}

/// An elementwise op on the accumulators, in place or from a buffer that nobody
/// else reads into another.
static std::optional<NestOp> findTail(const Nest &nest) {
  linalg::LinalgOp after = neighbour(nest.reduction.op, /*before=*/false);
  if (!after || after.getNumReductionLoops() != 0 ||
      after.getNumLoops() != nest.parallelLoops())
    return std::nullopt;
  auto tail = nestOp(after);
  if (!tail)
    return std::nullopt;
  Value buffer = nest.reduction.output().buffer();
  Value written = tail->output().buffer();
  bool inPlace = written == buffer;
  if (!inPlace && (!isPrivate(buffer, nest, after) || readsOutput(after)))
    return std::nullopt;
  for (const Access &input : ArrayRef(tail->accesses).drop_back()) {
    bool isAccumulator = input.buffer() == buffer &&
                         input.indexingMap() == tail->output().indexingMap();
    if (!isAccumulator && (wholeBuffer(input.buffer()) == wholeBuffer(buffer) ||
                           wholeBuffer(input.buffer()) == wholeBuffer(written)))
      return std::nullopt;
  }
  // What the tail overwrites must not be read by tiles to come.
  if (readsBuffer(nest.reduction, wholeBuffer(written)) ||
      (nest.start && readsBuffer(*nest.start, wholeBuffer(written))))
    return std::nullopt;
  return tail;
}

/// The last parallel loop, of those that go round more than once if there are
/// any, along which outputs are neighbours.
static std::optional<unsigned> findVectorLoop(const Nest &nest) {
  SmallVector<int64_t> ranges = nest.ranges();
  for (bool single : {false, true})
    for (unsigned loop = nest.parallelLoops(); loop-- > 0;)
      if ((single || ranges[loop] > 1) &&
          nest.reduction.output().stride(loop) == 1 &&
          (!nest.tail || nest.tail->output().stride(loop) == 1))
        return loop;
  return std::nullopt;
}

static std::optional<unsigned> findRowLoop(const Nest &nest) {
  SmallVector<int64_t> ranges = nest.ranges();
  ArrayRef<Access> inputs(nest.reduction.accesses);
  for (unsigned loop = nest.parallelLoops(); loop-- > 0;) {
    if (loop == nest.vectorLoop || ranges[loop] == 1)
      continue;
    if (llvm::all_of(inputs.drop_back(), [&](const Access &input) {
          return !input.dependsOn(loop) || !input.dependsOn(nest.vectorLoop);
        }))
      return loop;
  }
  return std::nullopt;
}

std::optional<Nest> Nest::around(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() == 0 || op.hasDynamicShape())
    return std::nullopt;
  auto reduction = nestOp(op);
  if (!reduction ||
      readsBuffer(*reduction, wholeBuffer(reduction->output().buffer())))
    return std::nullopt;
  Nest nest{std::nullopt, std::nullopt, std::move(*reduction), 0, {}};
  nest.start = findStart(nest.reduction);
  nest.tail = findTail(nest);
  auto vectorLoop = findVectorLoop(nest);
  if (!vectorLoop)
    return std::nullopt;
  nest.vectorLoop = *vectorLoop;
  nest.rowLoop = findRowLoop(nest);
  return nest;
}
