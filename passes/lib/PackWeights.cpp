//===- PackWeights.cpp - Weights of contractions in panels ----------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/RegionUtils.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace opml {
#define GEN_PASS_DEF_PACKWEIGHTS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml::compiler;

namespace {

constexpr int64_t width = opml::panelWidth;

/// A weight as its contraction reads it, and as it is stored.
struct Packing {
  SmallVector<int64_t> panels; // matrices, inner, columns
  bool columnsFirst;
  SmallVector<int64_t> shape;      // of the panels
  SmallVector<AffineExpr> indices; // into them
};

/// The loops that index the operand, one a dimension; none if anything but
/// loops does.
std::optional<SmallVector<unsigned>> loopsOf(AffineMap map) {
  SmallVector<unsigned> loops;
  for (AffineExpr result : map.getResults()) {
    auto loop = dyn_cast<AffineDimExpr>(result);
    if (!loop || llvm::is_contained(loops, loop.getPosition()))
      return std::nullopt;
    loops.push_back(loop.getPosition());
  }
  return loops;
}

/// The last parallel loop of the operand that no other input has.
std::optional<unsigned> columnLoop(linalg::GenericOp op, OpOperand &weight,
                                   ArrayRef<unsigned> loops) {
  auto kinds = op.getIteratorTypesArray();
  for (unsigned loop = op.getNumLoops(); loop-- > 0;) {
    if (!linalg::isParallelIterator(kinds[loop]) ||
        !llvm::is_contained(loops, loop))
      continue;
    bool others = llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
      return input != &weight &&
             op.getMatchingIndexingMap(input).isFunctionOfDim(loop);
    });
    if (!others)
      return loop;
  }
  return std::nullopt;
}

/// The operand's dimensions have to be the matrices, then the column before or
/// after all reduction loops in their order.
std::optional<Packing> findPacking(linalg::GenericOp op, OpOperand &weight) {
  auto loops = loopsOf(op.getMatchingIndexingMap(&weight));
  if (!loops || op.getNumReductionLoops() == 0)
    return std::nullopt;
  auto column = columnLoop(op, weight, *loops);
  if (!column)
    return std::nullopt;
  SmallVector<unsigned> inner, matrices;
  op.getReductionDims(inner);
  for (unsigned loop : *loops)
    if (loop != *column && !llvm::is_contained(inner, loop))
      matrices.push_back(loop);
  SmallVector<unsigned> last(matrices), first(matrices);
  llvm::append_range(last, inner);
  last.push_back(*column);
  first.push_back(*column);
  llvm::append_range(first, inner);
  if (*loops != first && *loops != last)
    return std::nullopt;

  Packing packing{{1, 1, 0}, *loops == first, {}, {}};
  MLIRContext *context = op.getContext();
  auto ranges = op.getStaticLoopRanges();
  auto append = [&](ArrayRef<unsigned> group, int64_t &count) {
    for (unsigned loop : group) {
      count *= ranges[loop];
      packing.shape.push_back(ranges[loop]);
      packing.indices.push_back(getAffineDimExpr(loop, context));
    }
  };
  packing.panels[2] = ranges[*column];
  AffineExpr columnExpr = getAffineDimExpr(*column, context);
  append(matrices, packing.panels[0]);
  packing.shape.push_back(llvm::divideCeil(packing.panels[2], width));
  packing.indices.push_back(columnExpr.floorDiv(width));
  append(inner, packing.panels[1]);
  packing.shape.push_back(width);
  packing.indices.push_back(columnExpr % width);
  return packing;
}

/// Whether the panels' Merkle tree is deeper than the tensor's: they take a
/// larger power of two, of 32 bytes at least.
bool makesTreeDeeper(const Packing &packing, unsigned elementBits) {
  auto padded = [&](ArrayRef<int64_t> sizes) {
    uint64_t bits = elementBits;
    for (int64_t size : sizes)
      bits = llvm::SaturatingMultiply(bits, uint64_t(size));
    return llvm::PowerOf2Ceil(std::max<uint64_t>(bits, 256));
  };
  return padded(packing.shape) > padded(packing.panels);
}

/// The one use of a function's argument, behind reshapes that have no other.
OpOperand *onlyUse(Value argument) {
  while (argument.hasOneUse()) {
    OpOperand &use = *argument.use_begin();
    Operation *user = use.getOwner();
    if (!isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp>(user))
      return &use;
    argument = user->getResult(0);
  }
  return nullptr;
}

WeightOp behindViews(Value value) {
  while (auto view = value.getDefiningOp<ViewOp>())
    value = view.getInput();
  return value.getDefiningOp<WeightOp>();
}

struct PackWeights : opml::impl::PackWeightsBase<PackWeights> {
  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main)
      return;
    llvm::MapVector<StringRef, SmallVector<CallOp>> callers;
    main.walk([&](CallOp call) { callers[call.getCallee()].push_back(call); });
    for (auto &[name, calls] : callers) {
      auto node = getOperation().lookupSymbol<func::FuncOp>(name);
      for (unsigned i = 0; i < node.getNumArguments(); ++i)
        packArgument(node, i, calls);
    }
    IRRewriter rewriter(&getContext());
    (void)runRegionDCE(rewriter, main->getRegions());
  }

private:
  static void packArgument(func::FuncOp node, unsigned number,
                           ArrayRef<CallOp> calls) {
    BlockArgument argument = node.getArgument(number);
    if (!llvm::all_of(calls, [&](CallOp call) {
          return behindViews(call.getOperands()[number]);
        }))
      return;
    OpOperand *use = onlyUse(argument);
    auto op = use ? dyn_cast<linalg::GenericOp>(use->getOwner())
                  : linalg::GenericOp();
    if (!op || !op.isDpsInput(use))
      return;
    auto packing = findPacking(op, *use);
    auto type = cast<RankedTensorType>(argument.getType());
    if (!packing || type.getNumElements() == 0 ||
        makesTreeDeeper(*packing, type.getElementTypeBitWidth()))
      return;
    readPanels(op, *use, argument, *packing);
    node.setType(FunctionType::get(node.getContext(),
                                   node.getBody().getArgumentTypes(),
                                   node.getResultTypes()));
    for (CallOp call : calls)
      passPanels(call, number, *packing);
  }

  static void readPanels(linalg::GenericOp op, OpOperand &use,
                         BlockArgument argument, const Packing &packing) {
    auto type = cast<RankedTensorType>(argument.getType());
    Operation *reshape = use.get().getDefiningOp();
    argument.setType(type.clone(packing.shape));
    use.set(argument);
    while (reshape) {
      Operation *before = reshape->getOperand(0).getDefiningOp();
      reshape->erase();
      reshape = before;
    }
    SmallVector<AffineMap> maps = op.getIndexingMapsArray();
    maps[use.getOperandNumber()] =
        AffineMap::get(op.getNumLoops(), 0, packing.indices, op.getContext());
    op.setIndexingMapsAttr(OpBuilder(op).getAffineMapArrayAttr(maps));
  }

  static void passPanels(CallOp call, unsigned number, const Packing &packing) {
    OpOperand &operand = call.getOperandsMutable()[number];
    WeightOp weight = behindViews(operand.get());
    OpBuilder builder(weight);
    auto type = cast<RankedTensorType>(operand.get().getType());
    operand.set(WeightOp::create(
        builder, weight.getLoc(), type.clone(packing.shape), weight.getName(),
        builder.getDenseI64ArrayAttr(packing.panels), packing.columnsFirst));
  }
};

} // namespace
