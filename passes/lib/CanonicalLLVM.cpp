//===- CanonicalLLVM.cpp - The allow-list in the LLVM dialect -------------===//

#include "CanonicalOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace {

bool isLLVMLevelOp(Operation *op) {
  static const llvm::StringSet<> names = {
#define LLVM_OP(name) name,
#include "CanonicalOps.def"
  };
  return names.contains(op->getName().getStringRef());
}

/// What moves lanes of vectors without computing. Lanes of poison are there to
/// be overwritten.
StringRef checkLaneMove(Operation *op) {
  using namespace LLVM;
  if (isa<PoisonOp>(op))
    return llvm::all_of(op->getUsers(),
                        [](Operation *user) {
                          return isa<InsertElementOp, ShuffleVectorOp>(user);
                        })
               ? ""
               : "computes with poison";
  static const llvm::StringSet<> names = {
#define LANE_OP(name) name,
#include "CanonicalOps.def"
  };
  return names.contains(op->getName().getStringRef())
             ? ""
             : "is not a canonical operation";
}

bool computesWithVectors(Operation *op) {
  auto isVector = [](Type type) { return isa<VectorType>(type); };
  return !isa<LLVM::LLVMFuncOp>(op) &&
         (llvm::any_of(op->getOperandTypes(), isVector) ||
          llvm::any_of(op->getResultTypes(), isVector));
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
  unsigned width = getElementTypeOrSelf(amount).getIntOrFloatBitWidth();
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

} // namespace

StringRef opml::checkLLVMOp(Operation *op) {
  if (isLLVMLevelOp(op) && computesWithVectors(op))
    return "computes with vectors";
  return isLLVMLevelOp(op) ? checkNativeOp(op) : "is not a canonical operation";
}

StringRef opml::checkNativeOp(Operation *op) {
  if (!isLLVMLevelOp(op))
    return checkLaneMove(op);
  if (auto math = dyn_cast<LLVM::FastmathFlagsInterface>(op))
    if (math.getFastmathAttr() &&
        math.getFastmathAttr().getValue() != LLVM::FastmathFlags::none)
      return "has fast-math flags";
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](LLVM::LLVMFuncOp function) {
        return function.isExternal() ? "is a function of a library" : "";
      })
      .Case<LLVM::LoadOp, LLVM::StoreOp>([](auto access) {
        bool plain = !access.getVolatile_() &&
                     access.getOrdering() == LLVM::AtomicOrdering::not_atomic;
        return plain ? "" : "is volatile or atomic";
      })
      .Case([](LLVM::CountLeadingZerosOp count) {
        return count.getIsZeroPoison() ? "is poison for zero" : "";
      })
      .Case<LLVM::SDivOp, LLVM::UDivOp, LLVM::SRemOp, LLVM::URemOp>(
          [](auto div) { return checkLLVMDivisor(div.getRhs()); })
      .Case<LLVM::ShlOp, LLVM::AShrOp, LLVM::LShrOp>(
          [](auto shift) { return checkLLVMShift(shift.getRhs()); })
      .Case<LLVM::FPToSIOp, LLVM::FPToUIOp>(
          [](auto convert) { return checkLLVMConversion(convert.getArg()); })
      .Default(StringRef());
}
