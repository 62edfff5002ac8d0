//===- GuestLoops.cpp - Bufferized linalg to loops for the guest ----------===//

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "opml/Passes/Passes.h"
#include <numeric>

namespace opml {
#define GEN_PASS_DEF_GUESTLOOPS
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// The innermost parallel loop of a reduction of integers, if all reduction
/// loops are inside it.
std::optional<unsigned> loopOfSums(linalg::GenericOp op) {
  if (!op || op.getNumReductionLoops() == 0 || op.getNumParallelLoops() == 0)
    return std::nullopt;
  auto kinds = op.getIteratorTypesArray();
  unsigned parallel = op.getNumParallelLoops();
  if (!llvm::all_of(ArrayRef(kinds).take_front(parallel),
                    linalg::isParallelIterator) ||
      !llvm::all_of(op.getRegion().getArgumentTypes(), [](Type type) {
        return type.isInteger() && type.getIntOrFloatBitWidth() <= 32;
      }))
    return std::nullopt;
  return parallel - 1;
}

/// The iterations of `loop` from `begin` on, as a loop behind it; `loop` keeps
/// those before. Both numbers are of iterations of step 1 from 0.
scf::ForOp splitOff(IRRewriter &rewriter, scf::ForOp loop, int64_t begin) {
  rewriter.setInsertionPointAfter(loop);
  auto rest = cast<scf::ForOp>(rewriter.clone(*loop));
  rewriter.setInsertionPoint(loop);
  Value boundary =
      arith::ConstantIndexOp::create(rewriter, loop.getLoc(), begin);
  loop.setUpperBound(boundary);
  rest.setLowerBound(boundary);
  return rest;
}

/// Runs `sums` iterations at a time, and what is left over at once: together
/// with the last ones if it is less than half as many. The inner loops, which
/// are reductions, stay in their order for each.
LogicalResult takeTogether(IRRewriter &rewriter, scf::ForOp loop,
                           int64_t iterations, int64_t sums) {
  int64_t rest = iterations % sums;
  if (2 * rest <= sums && rest > 0 && iterations > sums)
    rest += sums;
  bool onlyRest = rest == iterations;
  if (rest > 0) {
    scf::ForOp last =
        onlyRest ? loop : splitOff(rewriter, loop, iterations - rest);
    if (rest > 1 && failed(loopUnrollJamByFactor(last, rest)))
      return failure();
  }
  return onlyRest ? success() : loopUnrollJamByFactor(loop, sums);
}

/// What every value of the loop's variable is a multiple of.
uint64_t alignment(scf::ForOp loop) {
  auto begin = getConstantIntValue(loop.getLowerBound());
  auto step = getConstantIntValue(loop.getStep());
  return begin && step ? std::gcd(uint64_t(*begin), uint64_t(*step)) : 1;
}

/// An index of a panel or in it, if `apply` is (j + offset) by the panel's
/// width and the elements j ... j + offset are in one: that of j, and then the
/// offset. LLVM does not see that they lie side by side.
void takeOffsetOut(IRRewriter &rewriter, affine::AffineApplyOp apply) {
  auto index = dyn_cast<AffineBinaryOpExpr>(apply.getMap().getResult(0));
  if (!index || apply.getMapOperands().size() != 1 ||
      !isa<AffineDimExpr>(index.getLHS()))
    return;
  auto width = dyn_cast<AffineConstantExpr>(index.getRHS());
  auto sum = apply.getMapOperands()[0].getDefiningOp<arith::AddIOp>();
  auto offset = sum ? getConstantIntValue(sum.getRhs()) : std::nullopt;
  scf::ForOp loop =
      sum ? scf::getForInductionVarOwner(sum.getLhs()) : scf::ForOp();
  if (!width || !offset || !loop ||
      uint64_t(*offset) >=
          std::gcd(alignment(loop), uint64_t(width.getValue())))
    return;
  rewriter.setInsertionPoint(apply);
  Value first = affine::AffineApplyOp::create(rewriter, apply.getLoc(),
                                              apply.getMap(), sum.getLhs());
  if (index.getKind() == AffineExprKind::FloorDiv)
    rewriter.replaceOp(apply, first);
  else if (index.getKind() == AffineExprKind::Mod)
    rewriter.replaceOpWithNewOp<arith::AddIOp>(apply, first, sum.getRhs());
}

struct GuestLoops : opml::impl::GuestLoopsBase<GuestLoops> {
  using GuestLoopsBase::GuestLoopsBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) { ops.push_back(op); });
    for (linalg::LinalgOp op : ops)
      if (failed(lower(rewriter, op)))
        return signalPassFailure();
    SmallVector<affine::AffineApplyOp> indices;
    getOperation().walk(
        [&](affine::AffineApplyOp apply) { indices.push_back(apply); });
    for (affine::AffineApplyOp apply : indices)
      takeOffsetOut(rewriter, apply);
  }

private:
  LogicalResult lower(IRRewriter &rewriter, linalg::LinalgOp op) {
    rewriter.setInsertionPoint(op);
    FailureOr<linalg::LinalgLoops> loops =
        linalg::linalgOpToLoops(rewriter, op);
    if (failed(loops))
      return op.emitError("has no lowering to loops");
    auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
    if (auto parallel = loopOfSums(generic))
      if (failed(takeTogether(rewriter, cast<scf::ForOp>((*loops)[*parallel]),
                              op.getStaticLoopRanges()[*parallel], sums)))
        return op.emitError("has sums that cannot be taken together");
    rewriter.eraseOp(op);
    return success();
  }
};

} // namespace
