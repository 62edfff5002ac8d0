//===- Expand.cpp - Float operations as canonical arithmetic --------------===//

#include "Expand.h"
#include "Binary32.h"
#include "Functions.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "opml/Dialect/Opml.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace opml::expand {

namespace {

using Unary = Int (*)(Int);
using Binary = Int (*)(Int, Int);

Unary unaryExpansion(Operation *op) {
  return llvm::TypeSwitch<Operation *, Unary>(op)
      .Case([](arith::NegFOp) { return negated; })
      .Case([](math::AbsFOp) { return absolute; })
      .Case([](math::CeilOp) { return roundedUp; })
      .Case([](math::FloorOp) { return roundedDown; })
      .Case([](math::RoundEvenOp) { return roundedToEven; })
      .Case([](math::ExpOp) { return exponential; })
      .Case([](math::LogOp) { return naturalLogarithm; })
      .Case([](math::TanhOp) { return hyperbolicTangent; })
      .Case([](math::ErfOp) { return errorFunctionOf; })
      .Case([](math::SinOp) { return sineOf; })
      .Case([](math::CosOp) { return cosineOf; })
      .Case([](compiler::LogisticOp) { return logistic; })
      .Default(Unary());
}

Binary binaryExpansion(Operation *op) {
  return llvm::TypeSwitch<Operation *, Binary>(op)
      .Case([](arith::MaximumFOp) { return maximum; })
      .Case([](arith::MinimumFOp) { return minimum; })
      .Case([](math::PowFOp) { return power; })
      .Default(Binary());
}

} // namespace

Value expandFloatOp(Operation *op) {
  if (op->getNumResults() != 1 || !op->getResult(0).getType().isF32())
    return {};
  OpBuilder builder(op);
  Site site{builder, op->getLoc()};
  if (Unary expansion = unaryExpansion(op))
    return valueOf(site, expansion(bitsOf(site, op->getOperand(0))));
  if (Binary expansion = binaryExpansion(op))
    return valueOf(site, expansion(bitsOf(site, op->getOperand(0)),
                                   bitsOf(site, op->getOperand(1))));
  return {};
}

} // namespace opml::expand
