// RUN: opml-isa-gen --emit=solidity %s -I %isa_dir -I %S/Inputs -o - | FileCheck %s

// Words are masked exactly where a primitive needs them clean.

include "Tiny.td"

// Two dirty additions in a row need no mask; the register's setter truncates.
// CHECK-LABEL: function Sum(word)
// CHECK: setGpr(and(shr(16, word), 0x1f), add(add(rs, signextend(1, imm)), 0x1))
// CHECK-NEXT: next()
def Sum : Tiny<0> {
  let Sem = (set $rt, (add (add $rs, (sext16 $imm)), 1));
}
// A comparison does.
// CHECK-LABEL: function Less(word)
// CHECK: setGpr(and(shr(16, word), 0x1f), lt(and(add(rs, 0x1), 0xffffffff), rt))
def Less : Tiny<1> {
  let Sem = (set $rt, (zext1 (ult (add $rs, 1), $rt)));
}
// A named value is clean, a 64-bit one to 64 bits.
// CHECK-LABEL: function High(word)
// CHECK: let product := and(mul(signextend(3, rs), signextend(3, rt)), 0xffffffffffffffff)
// CHECK-NEXT: setHighWord(shr(32, product))
def High : Tiny<2> {
  let Sem = (seq (let_ $product, (mul64 (sext64 $rs), (sext64 $rt))),
                 (set HI, (hi32 $product)));
}
// An operand that the column uses twice is computed once.
// CHECK-LABEL: function Rotate(word)
// CHECK: let t0 := and(rs, 0x1f)
// CHECK-NEXT: setGpr({{.*}}, or(shr(t0, rt), shl(sub(32, t0), rt)))
def Rotate : Tiny<3> {
  let Sem = (set $rt, (rotr $rt, (lo5 $rs)));
}
// Checks and proof come before the value is used.
// CHECK-LABEL: function Load(word)
// CHECK: let a := and(add(rs, signextend(1, imm)), 0xffffffff)
// CHECK-NEXT: checkAccess(a, 2, 5, 6)
// CHECK-NEXT: let leaf := provedLeaf(a)
// CHECK-NEXT: setGpr(and(shr(16, word), 0x1f), signextend(1, load16(leaf, a)))
def Load : Tiny<4> {
  let Sem = (seq (let_ $a, (add $rs, (sext16 $imm))),
                 (set $rt, (sext16 (load B16, $a))));
}
// CHECK-LABEL: function Store(word)
// CHECK: checkAccess(a, 1, 7, 8)
// CHECK-NEXT: let leaf := claimedLeaf()
// CHECK-NEXT: replaceLeaf(a, store8(leaf, a, and(rt, 0xff)))
def Store : Tiny<5> {
  let Sem = (seq (let_ $a, (add $rs, 0)), (store B8, $a, (lo8 $rt)));
}
// CHECK-LABEL: function Jump(word)
// CHECK-NEXT: checkDelaySlot()
// CHECK-NEXT: let rs
// CHECK-NEXT: proceed(rs)
// CHECK-NEXT: }
def Jump : Tiny<6> {
  let Sem = (branch 1, $rs);
}
// CHECK-LABEL: function Likely(word)
// CHECK-NEXT: checkDelaySlot()
// CHECK: if eq(rs, 0x0) { proceed(rt) }
// CHECK-NEXT: nullify()
def Likely : Tiny<7> {
  let Sem = (branch_likely (eq $rs, 0), $rt);
}
// CHECK: switch and(shr(26, word), 0x3f)
// CHECK-NEXT: case 0x0 {
// CHECK-NEXT: Sum(word)
