// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

// CHECK: unknown-names.td:[[@LINE+1]]:5: error: Name: Sem: unknown name '$rd'
def Name : Tiny<0> {
  let Sem = (set $rt, (add $rs, $rd));
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: Primitive_: Sem: 'Overflow' is no primitive
def Primitive_ : Tiny<1> {
  let Sem = (set $rt, (Overflow $rs));
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: Target: Sem: '$imm' is no register operand
def Target : Tiny<2> {
  let Sem = (set $imm, $rs);
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: Statement: Sem: 'add' is no statement
def Statement : Tiny<3> {
  let Sem = (add $rs, $rt);
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: NoCause: Sem: 'HI' is no Cause
def NoCause : Tiny<4> {
  let Sem = (trap_if 1, HI);
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: Twice: Sem: '$rs' already has a meaning
def Twice : Tiny<5> {
  let Sem = (let_ $rs, (add $rt, 1));
}
// CHECK: unknown-names.td:[[@LINE+1]]:5: error: NoField: assembly string names '$rd', which is no field of the word
def NoField : Tiny<6, "tiny $rd">;
