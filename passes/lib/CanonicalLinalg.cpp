//===- CanonicalLinalg.cpp - The allow-list in linalg on tensors ----------===//

#include "CanonicalOps.h"
#include "Guards.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace {

bool isLinalgLevelOp(Operation *op) {
  static const llvm::StringSet<> names = {
#define LINALG_OP(name) name,
#include "CanonicalOps.def"
  };
  return names.contains(op->getName().getStringRef());
}

/// A fresh tensor may only lend its shape, or be overwritten.
StringRef checkFreshTensor(tensor::EmptyOp empty) {
  for (OpOperand &use : empty->getUses()) {
    auto op = dyn_cast<linalg::LinalgOp>(use.getOwner());
    if (!op || op.payloadUsesValueFromOperand(&use))
      return "is read before it is written";
  }
  return "";
}

template <typename Op> StringRef checkDivision(Op op, bool isSigned) {
  return opml::isGuardedDivisor(op.getLhs(), op.getRhs(), isSigned)
             ? ""
             : "divides by a value that may be 0, or -1 with the least "
               "dividend";
}

template <typename Op> StringRef checkShift(Op op) {
  return opml::isGuardedShift(op.getRhs())
             ? ""
             : "shifts by an amount that is not masked";
}

template <typename Op> StringRef checkConversion(Op op, bool isSigned) {
  auto type = dyn_cast<IntegerType>(op.getType());
  return type && opml::isGuardedConversion(op.getIn(), type, isSigned)
             ? ""
             : "converts a value that is not clamped to the integer's range";
}

StringRef checkConstant(arith::ConstantOp op) {
  return isa<ShapedType>(op.getType())
             ? "is a tensor; constant tensors are weights"
             : "";
}

StringRef checkIndexCast(arith::IndexCastOp op) {
  return op.getType().isIndex() ? "makes an index from data" : "";
}

StringRef checkFlags(Operation *op) {
  if (auto math = dyn_cast<arith::ArithFastMathInterface>(op))
    if (math.getFastMathFlagsAttr().getValue() != arith::FastMathFlags::none)
      return "has fast-math flags";
  if (auto overflow = dyn_cast<arith::ArithIntegerOverflowFlagsInterface>(op))
    if (overflow.getOverflowAttr().getValue() !=
        arith::IntegerOverflowFlags::none)
      return "has overflow flags, whose violation is poison";
  if (op->hasAttr("isExact"))
    return "is exact, whose violation is poison";
  return "";
}

StringRef checkTypes(Operation *op) {
  for (Type type :
       llvm::concat<const Type>(op->getOperandTypes(), op->getResultTypes())) {
    if (auto shaped = dyn_cast<ShapedType>(type)) {
      if (!isa<RankedTensorType>(type) || !shaped.hasStaticShape())
        return "has a type that is not a tensor of static shape";
      type = shaped.getElementType();
    }
    if (isa<FloatType>(type) && !type.isF32())
      return "computes with floats other than f32, for which the guest has no "
             "arithmetic";
    if (type.isIndex() &&
        !isa<linalg::IndexOp, arith::ConstantOp, arith::IndexCastOp>(op))
      return "computes with index values";
  }
  return "";
}

/// Bits of 16- and 64-bit floats may be moved, but not computed with.
bool movesDataOnly(Operation *op) {
  return isa<linalg::LinalgDialect, tensor::TensorDialect, func::FuncDialect>(
             op->getDialect()) ||
         isa<arith::ConstantOp>(op);
}

} // namespace

StringRef opml::checkLinalgOp(Operation *op) {
  if (!isLinalgLevelOp(op))
    return "is not a canonical operation";
  if (StringRef flags = checkFlags(op); !flags.empty())
    return flags;
  if (!movesDataOnly(op))
    if (StringRef types = checkTypes(op); !types.empty())
      return types;
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](tensor::EmptyOp empty) { return checkFreshTensor(empty); })
      .Case([](arith::ConstantOp constant) { return checkConstant(constant); })
      .Case([](arith::IndexCastOp cast) { return checkIndexCast(cast); })
      .Case<arith::DivSIOp, arith::RemSIOp>(
          [](auto div) { return checkDivision(div, true); })
      .Case<arith::DivUIOp, arith::RemUIOp>(
          [](auto div) { return checkDivision(div, false); })
      .Case<arith::ShLIOp, arith::ShRSIOp, arith::ShRUIOp>(
          [](auto shift) { return checkShift(shift); })
      .Case([](arith::FPToSIOp convert) {
        return checkConversion(convert, true);
      })
      .Case([](arith::FPToUIOp convert) {
        return checkConversion(convert, false);
      })
      .Default(StringRef());
}
