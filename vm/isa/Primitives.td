//===- Primitives.td - The expression language, one row per operation -----===//
//
// Columns: C++ (operands are bool, uint32_t or uint64_t, and clean), Yul
// (256-bit words), SMT-LIB bit vectors, LLVM IR (B is an IRBuilder).
//
//===----------------------------------------------------------------------===//

#ifndef OPML_PRIMITIVES
#define OPML_PRIMITIVES

include "Isa.td"

//===- Arithmetic modulo 2^32 and 2^64 ------------------------------------===//

let NeedsClean = 0, MakesDirty = 1 in {
def add : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 + $1)";
  let Yul = "add($0, $1)";
  let Smt = "(bvadd $0 $1)";
  let Ir = "B.CreateAdd($0, $1)";
}
def sub : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 - $1)";
  let Yul = "sub($0, $1)";
  let Smt = "(bvsub $0 $1)";
  let Ir = "B.CreateSub($0, $1)";
}
def mul : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 * $1)";
  let Yul = "mul($0, $1)";
  let Smt = "(bvmul $0 $1)";
  let Ir = "B.CreateMul($0, $1)";
}
def add64 : Primitive<B64, [B64, B64]> {
  let Cpp = "($0 + $1)";
  let Yul = "add($0, $1)";
  let Smt = "(bvadd $0 $1)";
  let Ir = "B.CreateAdd($0, $1)";
}
def sub64 : Primitive<B64, [B64, B64]> {
  let Cpp = "($0 - $1)";
  let Yul = "sub($0, $1)";
  let Smt = "(bvsub $0 $1)";
  let Ir = "B.CreateSub($0, $1)";
}
def mul64 : Primitive<B64, [B64, B64]> {
  let Cpp = "($0 * $1)";
  let Yul = "mul($0, $1)";
  let Smt = "(bvmul $0 $1)";
  let Ir = "B.CreateMul($0, $1)";
}
}

//===- Division -----------------------------------------------------------===//
//
// Quotient and remainder by zero are zero here, as in the EVM; what the
// instructions make of it stands in their semantics. The quotient of -2^31 and
// -1 is -2^31, its remainder 0.

def udiv : Primitive<B32, [B32, B32]> {
  let Cpp = "($1 != 0 ? $0 / $1 : 0)";
  let Yul = "div($0, $1)";
  let Smt = "(ite (= $1 (_ bv0 32)) (_ bv0 32) (bvudiv $0 $1))";
  let Ir = "guardedDivision(B, Instruction::UDiv, $0, $1)";
}
def urem : Primitive<B32, [B32, B32]> {
  let Cpp = "($1 != 0 ? $0 % $1 : 0)";
  let Yul = "mod($0, $1)";
  let Smt = "(ite (= $1 (_ bv0 32)) (_ bv0 32) (bvurem $0 $1))";
  let Ir = "guardedDivision(B, Instruction::URem, $0, $1)";
}
let NeedsClean = 0, MakesDirty = 1 in {
def sdiv : Primitive<B32, [B32, B32]> {
  let Cpp = "uint32_t($1 != 0 ? int64_t(int32_t($0)) / int32_t($1) : 0)";
  let Yul = "sdiv(signextend(3, $0), signextend(3, $1))";
  let Smt = "(ite (= $1 (_ bv0 32)) (_ bv0 32) (bvsdiv $0 $1))";
  let Ir = "guardedDivision(B, Instruction::SDiv, $0, $1)";
}
def srem : Primitive<B32, [B32, B32]> {
  let Cpp = "uint32_t($1 != 0 ? int64_t(int32_t($0)) % int32_t($1) : 0)";
  let Yul = "smod(signextend(3, $0), signextend(3, $1))";
  let Smt = "(ite (= $1 (_ bv0 32)) (_ bv0 32) (bvsrem $0 $1))";
  let Ir = "guardedDivision(B, Instruction::SRem, $0, $1)";
}
}

//===- Bits ---------------------------------------------------------------===//

def and : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 & $1)";
  let Yul = "and($0, $1)";
  let Smt = "(bvand $0 $1)";
  let Ir = "B.CreateAnd($0, $1)";
}
def or : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 | $1)";
  let Yul = "or($0, $1)";
  let Smt = "(bvor $0 $1)";
  let Ir = "B.CreateOr($0, $1)";
}
def xor : Primitive<B32, [B32, B32]> {
  let Cpp = "($0 ^ $1)";
  let Yul = "xor($0, $1)";
  let Smt = "(bvxor $0 $1)";
  let Ir = "B.CreateXor($0, $1)";
}
let NeedsClean = 0, MakesDirty = 1 in {
def not : Primitive<B32, [B32]> {
  let Cpp = "(~$0)";
  let Yul = "not($0)";
  let Smt = "(bvnot $0)";
  let Ir = "B.CreateNot($0)";
}
def not5 : Primitive<B5, [B5]> {
  let Cpp = "($0 ^ 31)";
  let Yul = "not($0)";
  let Smt = "(bvnot $0)";
  let Ir = "B.CreateNot($0)";
}
}
def clz : Primitive<B32, [B32]> {
  let Doc = "Number of leading zeros, 32 for 0. Yul's clz is EIP-7939 (osaka).";
  let Cpp = "uint32_t(std::countl_zero($0))";
  let Yul = "sub(clz($0), 224)";
  let Smt = !foldl("(_ bv32 32)", !range(0, 32), rest, i,
                   "(ite (= ((_ extract " # i # " " # i # ") $0) #b1) (_ bv" #
                       !sub(31, i) # " 32) " # rest # ")");
  let Ir = "B.CreateBinaryIntrinsic(Intrinsic::ctlz, $0, B.getFalse())";
}

//===- Shifts: an amount has five bits, so none is out of range -----------===//

def lshr : Primitive<B32, [B32, B5]> {
  let Cpp = "($0 >> $1)";
  let Yul = "shr($1, $0)";
  let Smt = "(bvlshr $0 ((_ zero_extend 27) $1))";
  let Ir = "B.CreateLShr($0, B.CreateZExt($1, B.getInt32Ty()))";
}
let MakesDirty = 1 in {
def shl : Primitive<B32, [B32, B5]> {
  let Cpp = "($0 << $1)";
  let Yul = "shl($1, $0)";
  let Smt = "(bvshl $0 ((_ zero_extend 27) $1))";
  let Ir = "B.CreateShl($0, B.CreateZExt($1, B.getInt32Ty()))";
}
def ashr : Primitive<B32, [B32, B5]> {
  let Cpp = "uint32_t(int32_t($0) >> $1)";
  let Yul = "sar($1, signextend(3, $0))";
  let Smt = "(bvashr $0 ((_ zero_extend 27) $1))";
  let Ir = "B.CreateAShr($0, B.CreateZExt($1, B.getInt32Ty()))";
}
def rotr : Primitive<B32, [B32, B5]> {
  let Cpp = "std::rotr($0, int($1))";
  let Yul = "or(shr($1, $0), shl(sub(32, $1), $0))";
  let Smt = "(bvor (bvlshr $0 ((_ zero_extend 27) $1)) "
            "(bvshl $0 (bvsub (_ bv32 32) ((_ zero_extend 27) $1))))";
  let Ir = "B.CreateIntrinsic(Intrinsic::fshr, {B.getInt32Ty()}, "
           "{$0, $0, B.CreateZExt($1, B.getInt32Ty())})";
}
}

//===- Comparison and choice ----------------------------------------------===//

def eq : Primitive<B1, [B32, B32]> {
  let Cpp = "($0 == $1)";
  let Yul = "eq($0, $1)";
  let Smt = "(ite (= $0 $1) #b1 #b0)";
  let Ir = "B.CreateICmpEQ($0, $1)";
}
def ult : Primitive<B1, [B32, B32]> {
  let Cpp = "($0 < $1)";
  let Yul = "lt($0, $1)";
  let Smt = "(ite (bvult $0 $1) #b1 #b0)";
  let Ir = "B.CreateICmpULT($0, $1)";
}
let NeedsClean = 0 in
def slt : Primitive<B1, [B32, B32]> {
  let Cpp = "(int32_t($0) < int32_t($1))";
  let Yul = "slt(signextend(3, $0), signextend(3, $1))";
  let Smt = "(ite (bvslt $0 $1) #b1 #b0)";
  let Ir = "B.CreateICmpSLT($0, $1)";
}
def not1 : Primitive<B1, [B1]> {
  let Cpp = "(!$0)";
  let Yul = "iszero($0)";
  let Smt = "(bvnot $0)";
  let Ir = "B.CreateNot($0)";
}
def select : Primitive<B32, [B1, B32, B32]> {
  let Cpp = "($0 ? $1 : $2)";
  let Yul = "xor($2, mul($0, xor($1, $2)))";
  let Smt = "(ite (= $0 #b1) $1 $2)";
  let Ir = "B.CreateSelect($0, $1, $2)";
}

//===- Changes of width ---------------------------------------------------===//

class ZeroExtend<Type to, Type from> : Primitive<to, [from]> {
  // C++ holds all but truth values and B64 in uint32_t.
  let Cpp = !cond(!eq(to.Bits, 64): "uint64_t($0)",
                  !eq(from.Bits, 1): "uint32_t($0)",
                  true: "$0");
  let Yul = "$0";
  let Smt = "((_ zero_extend " # !sub(to.Bits, from.Bits) # ") $0)";
  let Ir = "B.CreateZExt($0, B.getInt" # to.Bits # "Ty())";
}
def zext1 : ZeroExtend<B32, B1>;
def zext8 : ZeroExtend<B32, B8>;
def zext16 : ZeroExtend<B32, B16>;
def zext26 : ZeroExtend<B32, B26>;
def zext64 : ZeroExtend<B64, B32>;

class SignExtend<Type to, Type from> : Primitive<to, [from]> {
  let Cpp = "uint" # to.Bits # "_t(int" # to.Bits # "_t(int" # from.Bits #
            "_t($0)))";
  let Yul = "signextend(" # !sub(!srl(from.Bits, 3), 1) # ", $0)";
  let Smt = "((_ sign_extend " # !sub(to.Bits, from.Bits) # ") $0)";
  let Ir = "B.CreateSExt($0, B.getInt" # to.Bits # "Ty())";
  let NeedsClean = 0;
  let MakesDirty = 1;
}
def sext8 : SignExtend<B32, B8>;
def sext16 : SignExtend<B32, B16>;
def sext64 : SignExtend<B64, B32>;

class Truncate<Type to, Type from> : Primitive<to, [from]> {
  let Yul = "$0";
  let Smt = "((_ extract " # !sub(to.Bits, 1) # " 0) $0)";
  let Ir = "B.CreateTrunc($0, B.getIntNTy(" # to.Bits # "))";
  let NeedsClean = 0;
  let MakesDirty = 1;
}
def lo5 : Truncate<B5, B32> { let Cpp = "($0 & 31)"; }
def lo8 : Truncate<B8, B32> { let Cpp = "($0 & 0xff)"; }
def lo16 : Truncate<B16, B32> { let Cpp = "($0 & 0xffff)"; }
def lo32 : Truncate<B32, B64> { let Cpp = "uint32_t($0)"; }

def hi32 : Primitive<B32, [B64]> {
  let Cpp = "uint32_t($0 >> 32)";
  let Yul = "shr(32, $0)";
  let Smt = "((_ extract 63 32) $0)";
  let Ir = "B.CreateTrunc(B.CreateLShr($0, 32), B.getInt32Ty())";
}
def concat : Primitive<B64, [B32, B32]> {
  let Doc = "The first operand is the high half.";
  let Cpp = "(uint64_t($0) << 32 | $1)";
  let Yul = "or(shl(32, $0), $1)";
  let Smt = "(concat $0 $1)";
  let Ir = "B.CreateOr(B.CreateShl(B.CreateZExt($0, B.getInt64Ty()), 32), "
           "B.CreateZExt($1, B.getInt64Ty()))";
}

#endif // OPML_PRIMITIVES
