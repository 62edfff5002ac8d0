// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

// CHECK: encoding-errors.td:[[@LINE+1]]:5: error: Incomplete: incomplete encoding: bit 6 of Inst is neither fixed nor in a field
def Incomplete : Instruction<"incomplete"> {
  let Doc = "D";
  let Inst{31-11} = 0;
  let Inst{5-0} = 0;
}
// CHECK: encoding-errors.td:[[@LINE+1]]:5: error: Lost: field 'rs' is not in Inst
def Lost : Instruction<"lost"> {
  let Doc = "D";
  bits<5> rs;
  let Inst = 1;
}
// CHECK: encoding-errors.td:[[@LINE+1]]:5: error: Narrow: field 'imm' has 8 bits in Inst, its Operand has 16
def Narrow : Instruction<"narrow"> {
  let Doc = "D";
  bits<8> imm;
  let Inst{31-8} = 2;
  let Inst{7-0} = imm;
}
// CHECK: encoding-errors.td:[[@LINE+1]]:5: error: Torn: field 'imm' must stand in one piece, its bit 0 lowest
def Torn : Instruction<"torn"> {
  let Doc = "D";
  bits<16> imm;
  let Inst{31-24} = imm{15-8};
  let Inst{23-8} = 3;
  let Inst{7-0} = imm{7-0};
}
// CHECK: encoding-errors.td:[[@LINE+1]]:5: error: Undeclared: field 'foo' has no Operand; add `def foo : Operand<…>;`
def Undeclared : Instruction<"undeclared"> {
  let Doc = "D";
  bits<5> foo;
  let Inst{31-5} = 4;
  let Inst{4-0} = foo;
}
