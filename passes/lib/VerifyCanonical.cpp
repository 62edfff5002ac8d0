//===- VerifyCanonical.cpp - The allow-list of canonical operations -------===//
//
// Two lists, one for each level at which node functions are checked. What is
// not on them is refused, whatever it is; docs/numerics.md says why for those
// operations that one might miss.
//
//===----------------------------------------------------------------------===//

#include "Guards.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

namespace opml {
#define GEN_PASS_DEF_VERIFYCANONICAL
#include "opml/Passes/Passes.h.inc"
} // namespace opml

using namespace mlir;

namespace {

/// Empty if the operation is canonical, else what is wrong with it.
using Check = StringRef (*)(Operation *);

//===----------------------------------------------------------------------===//
// linalg on tensors
//===----------------------------------------------------------------------===//

bool isLinalgLevelOp(Operation *op) {
  return isa<func::FuncOp, func::ReturnOp,
             // Data.
             linalg::CopyOp, linalg::FillOp, linalg::GenericOp, linalg::IndexOp,
             linalg::YieldOp, tensor::CollapseShapeOp, tensor::EmptyOp,
             tensor::ExpandShapeOp, tensor::ExtractSliceOp,
             tensor::InsertSliceOp, tensor::PadOp, tensor::YieldOp,
             // Integers.
             arith::AddIOp, arith::AndIOp, arith::BitcastOp, arith::CmpIOp,
             arith::ConstantOp, arith::DivSIOp, arith::DivUIOp, arith::ExtSIOp,
             arith::ExtUIOp, arith::IndexCastOp, arith::MaxSIOp, arith::MaxUIOp,
             arith::MinSIOp, arith::MinUIOp, arith::MulIOp,
             arith::MulSIExtendedOp, arith::MulUIExtendedOp, arith::OrIOp,
             arith::RemSIOp, arith::RemUIOp, arith::SelectOp, arith::ShLIOp,
             arith::ShRSIOp, arith::ShRUIOp, arith::SubIOp, arith::TruncIOp,
             arith::XOrIOp,
             // IEEE 754, correctly rounded.
             arith::AddFOp, arith::CmpFOp, arith::DivFOp, arith::ExtFOp,
             arith::FPToSIOp, arith::FPToUIOp, arith::MulFOp, arith::SIToFPOp,
             arith::SubFOp, arith::TruncFOp, arith::UIToFPOp, math::FmaOp,
             math::SqrtOp>(op);
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

StringRef checkLinalgOp(Operation *op) {
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

//===----------------------------------------------------------------------===//
// LLVM dialect
//===----------------------------------------------------------------------===//

bool isLLVMLevelOp(Operation *op) {
  using namespace LLVM;
  return isa<LLVMFuncOp, ReturnOp,
             // Control flow and memory.
             BrOp, CondBrOp, GEPOp, LoadOp, StoreOp,
             // Integers.
             AddOp, AndOp, AShrOp, BitcastOp, ICmpOp, ConstantOp, LShrOp, MulOp,
             OrOp, SDivOp, SelectOp, SExtOp, ShlOp, SMaxOp, SMinOp, SRemOp,
             SubOp, TruncOp, UDivOp, UMaxOp, UMinOp, URemOp, XOrOp, ZExtOp,
             // IEEE 754, correctly rounded.
             FAddOp, FCmpOp, FDivOp, FMAOp, FMulOp, FPExtOp, FPToSIOp, FPToUIOp,
             FPTruncOp, FSubOp, SIToFPOp, SqrtOp, UIToFPOp>(op);
}

/// The shape of Guards.cpp after its translation; that the guard is the right
/// one was checked before.
StringRef checkLLVMDivisor(Value divisor) {
  APInt value;
  bool safe = matchPattern(divisor, m_ConstantInt(&value)) && !value.isZero() &&
              !value.isAllOnes();
  auto select = divisor.getDefiningOp<LLVM::SelectOp>();
  bool guarded = select && matchPattern(select.getTrueValue(), m_One());
  return safe || guarded ? "" : "divides by a value that is not guarded";
}

StringRef checkLLVMShift(Value amount) {
  APInt value;
  unsigned width = amount.getType().getIntOrFloatBitWidth();
  if (matchPattern(amount, m_ConstantInt(&value)))
    return value.ult(width) ? "" : "shifts by more than its width";
  auto mask = amount.getDefiningOp<LLVM::AndOp>();
  bool masked = mask && matchPattern(mask.getRhs(), m_ConstantInt(&value)) &&
                value == width - 1;
  return masked ? "" : "shifts by an amount that is not masked";
}

StringRef checkLLVMConversion(Value value) {
  auto select = value.getDefiningOp<LLVM::SelectOp>();
  return select && matchPattern(select.getFalseValue(), m_PosZeroFloat())
             ? ""
             : "converts a value that is not clamped to the integer's range";
}

StringRef checkLLVMOp(Operation *op) {
  if (!isLLVMLevelOp(op))
    return "is not a canonical operation";
  if (auto math = dyn_cast<LLVM::FastmathFlagsInterface>(op))
    if (math.getFastmathAttr() &&
        math.getFastmathAttr().getValue() != LLVM::FastmathFlags::none)
      return "has fast-math flags";
  if (!isa<LLVM::LLVMFuncOp>(op))
    for (Type type :
         llvm::concat<const Type>(op->getOperandTypes(), op->getResultTypes()))
      if (isa<VectorType>(type))
        return "computes with vectors";
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](LLVM::LLVMFuncOp function) {
        return function.isExternal() ? "is a function of a library" : "";
      })
      .Case<LLVM::LoadOp, LLVM::StoreOp>([](auto access) {
        bool plain = !access.getVolatile_() &&
                     access.getOrdering() == LLVM::AtomicOrdering::not_atomic;
        return plain ? "" : "is volatile or atomic";
      })
      .Case<LLVM::SDivOp, LLVM::UDivOp, LLVM::SRemOp, LLVM::URemOp>(
          [](auto div) { return checkLLVMDivisor(div.getRhs()); })
      .Case<LLVM::ShlOp, LLVM::AShrOp, LLVM::LShrOp>(
          [](auto shift) { return checkLLVMShift(shift.getRhs()); })
      .Case<LLVM::FPToSIOp, LLVM::FPToUIOp>(
          [](auto convert) { return checkLLVMConversion(convert.getArg()); })
      .Default(StringRef());
}

//===----------------------------------------------------------------------===//

struct VerifyCanonical : opml::impl::VerifyCanonicalBase<VerifyCanonical> {
  using VerifyCanonicalBase::VerifyCanonicalBase;

  void runOnOperation() override {
    if (level != "linalg" && level != "llvm") {
      getOperation().emitError("opml-verify-canonical has no level '")
          << level << "'";
      return signalPassFailure();
    }
    for (Operation &op : *getOperation().getBody()) {
      auto function = dyn_cast<func::FuncOp>(op);
      if (function && !function->hasAttr(opml::compiler::nodeAttrName))
        continue;
      if (!verify(op, level == "llvm" ? checkLLVMOp : checkLinalgOp))
        return signalPassFailure();
    }
  }

private:
  static bool verify(Operation &function, Check check) {
    bool canonical = true;
    auto symbol =
        function.getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
    function.walk([&](Operation *op) {
      StringRef problem = check(op);
      if (problem.empty())
        return;
      canonical = false;
      op->emitError() << "'" << op->getName() << "' in node '"
                      << (symbol ? symbol.getValue() : "?") << "': " << problem;
    });
    return canonical;
  }
};

} // namespace
