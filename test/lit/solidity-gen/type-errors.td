// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s
// RUN: not ls %t.inc

include "Tiny.td"

// CHECK: type-errors.td:[[@LINE+1]]:5: error: Width: Sem: operand 1 of 'add' is B16, expected B32
def Width : Tiny<0> {
  let Sem = (set $rt, (add $rs, $imm));
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: Result: Sem: operand 1 of 'set' is B64, expected B32
def Result : Tiny<1> {
  let Sem = (set $rt, (sext64 $rs));
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: Condition: Sem: operand 0 of 'trap_if' is B32, expected B1
def Condition : Tiny<2> {
  let Sem = (trap_if (add $rs, $rt), Overflow);
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: Literal: Sem: 32 does not fit in B5
def Literal : Tiny<3> {
  let Sem = (set $rt, (shl $rs, 32));
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: Stored: Sem: operand 2 of 'store' is B32, expected B8
def Stored : Tiny<4> {
  let Sem = (seq (let_ $a, (add $rs, 4)), (store B8, $a, $rt));
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: Arity: Sem: 'add' takes 2 operands, got 3
def Arity : Tiny<5> {
  let Sem = (set $rt, (add $rs, $rt, 1));
}
// CHECK: type-errors.td:[[@LINE+1]]:5: error: FormArity: Sem: 'branch' takes 2 operands, got 1
def FormArity : Tiny<6> {
  let Sem = (branch 1);
}
