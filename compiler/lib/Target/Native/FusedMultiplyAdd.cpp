//===- FusedMultiplyAdd.cpp - binary32 fma in binary64 --------------------===//
//
// The product of two binary32 numbers is exact in binary64. Its sum with the
// third operand is rounded to odd there, which keeps what a second rounding, to
// binary32, needs to know: 53 digits are more than 2 * 24 + 1 (S. Boldo and G.
// Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms
// using rounding to odd", IEEE Transactions on Computers 57(4), 2008). The
// error of the sum comes from Knuth's two-sum, which nothing here can overflow.
//
//===----------------------------------------------------------------------===//

#include "opml/Target/Native.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

/// binary64 a + b, rounded to odd. The truncated sum is the rounded one if the
/// error points away from zero, else the number before it.
static Value *addRoundingToOdd(IRBuilder<> &builder, Value *a, Value *b) {
  Value *sum = builder.CreateFAdd(a, b);
  Value *bOfSum = builder.CreateFSub(sum, a);
  Value *aOfSum = builder.CreateFSub(sum, bOfSum);
  Value *error = builder.CreateFAdd(builder.CreateFSub(a, aOfSum),
                                    builder.CreateFSub(b, bOfSum));
  Type *bitsType = builder.getInt64Ty();
  if (auto *vector = dyn_cast<VectorType>(sum->getType()))
    bitsType = VectorType::get(bitsType, vector->getElementCount());
  Value *bits = builder.CreateBitCast(sum, bitsType);
  Value *signs =
      builder.CreateXor(bits, builder.CreateBitCast(error, bitsType));
  Value *borrow = builder.CreateAShr(signs, ConstantInt::get(bitsType, 63));
  Value *odd = builder.CreateOr(builder.CreateAdd(bits, borrow),
                                ConstantInt::get(bitsType, 1));
  // An infinite sum or a NaN has an error that is a NaN, and stays.
  Value *isInexact =
      builder.CreateFCmpONE(error, ConstantFP::getZero(error->getType()));
  return builder.CreateBitCast(builder.CreateSelect(isInexact, odd, bits),
                               sum->getType());
}

static void expand(IntrinsicInst &fma) {
  IRBuilder<> builder(&fma);
  Type *wide = builder.getDoubleTy();
  if (auto *vector = dyn_cast<VectorType>(fma.getType()))
    wide = VectorType::get(wide, vector->getElementCount());
  auto widen = [&](unsigned operand) {
    return builder.CreateFPExt(fma.getOperand(operand), wide);
  };
  Value *product = builder.CreateFMul(widen(0), widen(1));
  Value *sum = addRoundingToOdd(builder, product, widen(2));
  fma.replaceAllUsesWith(builder.CreateFPTrunc(sum, fma.getType()));
  fma.eraseFromParent();
}

void opml::compiler::native::expandFusedMultiplyAdd(Module &module) {
  for (Function &function : module)
    for (Instruction &instruction :
         make_early_inc_range(instructions(function)))
      if (auto *call = dyn_cast<IntrinsicInst>(&instruction))
        if (call->getIntrinsicID() == Intrinsic::fma &&
            call->getType()->getScalarType()->isFloatTy())
          expand(*call);
}
