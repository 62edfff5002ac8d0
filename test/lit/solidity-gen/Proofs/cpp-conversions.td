// RUN: opml-isa-gen --emit=smt %s -I %isa_dir -I %S/../Inputs -o %t.smt2
// RUN: not %source_dir/scripts/prove.py %t.smt2 --only '^primitive cpp.*: Cpp' | FileCheck %s

// C++ promotes narrow operands to int, and converts a signed operand to the
// unsigned type of the other.

include "Tiny.td"

def Nop : Tiny<0>;

class Row<string cpp, string smt> : Primitive<B32, [B32]> {
  let Cpp = cpp;
  let Yul = "$0";
  let Smt = smt;
  let Ir = "$0";
}
// 0 - 1 is -1, not 255.
def cppPromotes : Row<"uint32_t(uint8_t($0) - 1)",
                      "(bvsub ((_ zero_extend 24) ((_ extract 7 0) $0)) (_ bv1 32))">;
// -1 becomes the greatest uint32_t.
def cppUnsignedWins : Row<"uint32_t(-1 > $0)",
                          "((_ zero_extend 31) (ite (= $0 #xffffffff) #b0 #b1))">;
// But int64_t holds every uint32_t.
def cppWiderWins : Row<"uint32_t(int64_t(-1) < $0)",
                       "((_ zero_extend 31) (ite (= $0 $0) #b1 #b0))">;
def cppShiftBeforeAnd : Row<"($0 >> 4 & 15)", "(bvand (bvlshr $0 #x00000004) #x0000000f)">;
def cppGuards : Row<"uint32_t($0 < 32 && (1 << $0) != 0)",
                    "((_ zero_extend 31) (ite (bvult $0 #x00000020) #b1 #b0))">;
// CHECK-NOT: not proved
// CHECK: not proved: primitive cppPromotedProduct: Cpp is defined: refuted
// CHECK-NOT: not proved
// The product of two uint16_t is an int, and overflows.
def cppPromotedProduct : Row<"uint32_t(uint16_t($0) * uint16_t($0))",
                             "(bvmul ((_ zero_extend 16) ((_ extract 15 0) $0)) "
                             "((_ zero_extend 16) ((_ extract 15 0) $0)))">;
