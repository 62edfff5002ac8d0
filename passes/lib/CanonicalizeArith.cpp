//===- CanonicalizeArith.cpp - Arithmetic with one result everywhere ------===//
//
// Works by walking, without the folding of a pattern driver: what is folded
// here would be computed by the build machine.
//
//===----------------------------------------------------------------------===//

#include "Expand/Binary32.h"
#include "Expand/Expand.h"
#include "Guards.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/ADT/TypeSwitch.h"

namespace opml {
#define GEN_PASS_DEF_CANONICALIZEARITH
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;
using namespace opml::expand;

namespace {

template <typename Op> void guardDivision(Op op, bool isSigned) {
  if (!isa<IntegerType>(op.getType()) ||
      opml::isGuardedDivisor(op.getLhs(), op.getRhs(), isSigned))
    return;
  OpBuilder builder(op);
  op.getRhsMutable().set(opml::guardDivisor(builder, op.getLoc(), op.getLhs(),
                                            op.getRhs(), isSigned));
}

template <typename Op> void guardShift(Op op) {
  if (!isa<IntegerType>(op.getType()) || opml::isGuardedShift(op.getRhs()))
    return;
  OpBuilder builder(op);
  op.getRhsMutable().set(opml::guardShift(builder, op.getLoc(), op.getRhs()));
}

/// The conversion of what is in range, and the nearest integer for the rest.
template <typename Op> void guardConversion(Op op, bool isSigned) {
  auto type = dyn_cast<IntegerType>(op.getType());
  if (!type || opml::isGuardedConversion(op.getIn(), type, isSigned))
    return;
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Value raw = op.getIn();
  op.getInMutable().set(
      opml::guardConversion(builder, loc, raw, type, isSigned));
  builder.setInsertionPointAfter(op);
  unsigned width = type.getWidth();
  auto integer = [&](const APInt &value) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getIntegerAttr(type, value));
  };
  Value zero = arith::ConstantOp::create(builder, loc,
                                         builder.getZeroAttr(raw.getType()));
  auto positive =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT, raw, zero);
  // Where the guard chose 0: beyond the range, or NaN.
  auto inside =
      op.getIn().template getDefiningOp<arith::SelectOp>().getCondition();
  auto ordered =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::ORD, raw, raw);
  Value greatest = integer(isSigned ? APInt::getSignedMaxValue(width)
                                    : APInt::getMaxValue(width));
  Value least = integer(isSigned ? APInt::getSignedMinValue(width)
                                 : APInt::getMinValue(width));
  Value limit =
      arith::SelectOp::create(builder, loc, positive, greatest, least);
  Value outside = arith::SelectOp::create(builder, loc, ordered, limit,
                                          integer(APInt::getZero(width)));
  auto result =
      arith::SelectOp::create(builder, loc, inside, op.getResult(), outside);
  op.getResult().replaceAllUsesExcept(result, result);
}

void canonicalizeOp(Operation *op) {
  if (Value expansion = expandFloatOp(op)) {
    op->getResult(0).replaceAllUsesWith(expansion);
    op->erase();
    return;
  }
  llvm::TypeSwitch<Operation *>(op)
      .Case<arith::DivSIOp, arith::RemSIOp>(
          [](auto div) { guardDivision(div, true); })
      .Case<arith::DivUIOp, arith::RemUIOp>(
          [](auto div) { guardDivision(div, false); })
      .Case<arith::ShLIOp, arith::ShRSIOp, arith::ShRUIOp>(
          [](auto shift) { guardShift(shift); })
      .Case([](arith::FPToSIOp convert) { guardConversion(convert, true); })
      .Case([](arith::FPToUIOp convert) { guardConversion(convert, false); });
}

/// True if `value` depends on a float operation that may make a NaN.
bool isComputed(Value value, DenseSet<Operation *> &visited) {
  Operation *producer = value.getDefiningOp();
  if (!producer || !visited.insert(producer).second)
    return false;
  WalkResult result = producer->walk([](Operation *op) {
    bool computes =
        isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp,
            math::FmaOp, math::SqrtOp, arith::ExtFOp, arith::TruncFOp>(op);
    return computes ? WalkResult::interrupt() : WalkResult::advance();
  });
  return result.wasInterrupted() ||
         llvm::any_of(producer->getOperands(), [&](Value operand) {
           return isComputed(operand, visited);
         });
}

/// A copy of `tensor` with every NaN the canonical one.
Value withCanonicalNaNs(OpBuilder &builder, Location loc, Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  auto identity = builder.getMultiDimIdentityMap(type.getRank());
  Value init = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                       type.getElementType());
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, type, tensor, init,
             ArrayRef<AffineMap>{identity, identity}, loops,
             [](OpBuilder &body, Location at, ValueRange elements) {
               opml::expand::Site site{body, at};
               Int bits = canonical(bitsOf(site, elements[0]));
               linalg::YieldOp::create(body, at, valueOf(site, bits));
             })
      .getResult(0);
}

struct CanonicalizeArith
    : opml::impl::CanonicalizeArithBase<CanonicalizeArith> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr(opml::compiler::nodeAttrName))
      return;
    function.walk([](Operation *op) { canonicalizeOp(op); });
    function.walk([](func::ReturnOp op) {
      OpBuilder builder(op);
      for (OpOperand &operand : op->getOpOperands()) {
        auto type = dyn_cast<RankedTensorType>(operand.get().getType());
        DenseSet<Operation *> visited;
        if (type && type.getElementType().isF32() &&
            isComputed(operand.get(), visited))
          operand.set(withCanonicalNaNs(builder, op.getLoc(), operand.get()));
      }
    });
  }
};

} // namespace
