// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

// A trapping step changes status and cause only, so that whatever may trap must
// come before every effect.

include "Tiny.td"

// CHECK: error: TrapAfterSet: Sem: trap_if must come before any effect or access
def TrapAfterSet : Tiny<0> {
  let Sem = (seq (set $rt, $rs), (trap_if (eq $rs, 0), Overflow));
}
// CHECK: error: LoadAfterSet: Sem: an access may trap, so it must come before any effect
def LoadAfterSet : Tiny<1> {
  let Sem = (seq (let_ $a, (add $rs, 0)), (set HI, $rs),
                 (set $rt, (load B32, $a)));
}
// CHECK: error: LoadAfterStore: Sem: a load reads what was before the store, so it comes first
def LoadAfterStore : Tiny<2> {
  let Sem = (seq (let_ $a, (add $rs, 0)), (store B32, $a, $rt),
                 (set $rt, (load B32, $a)));
}
// CHECK: error: TwoAddresses: Sem: all accesses of an instruction have one address and width
def TwoAddresses : Tiny<3> {
  let Sem = (seq (let_ $a, (add $rs, 0)), (let_ $b, (add $rs, 4)),
                 (set HI, (add (load B32, $a), (load B32, $b))));
}
// CHECK: error: NoVariable: Sem: the address of an access is a B32 name bound by let_
def NoVariable : Tiny<4> {
  let Sem = (set $rt, (load B32, $rs));
}
// CHECK: error: AfterBranch: Sem: branch and halt come last
def AfterBranch : Tiny<5> {
  let Sem = (seq (branch 1, $rs), (set $rt, $rs));
}
// CHECK: error: AfterLikelyBranch: Sem: branch and halt come last
def AfterLikelyBranch : Tiny<9> {
  let Sem = (seq (branch_likely 1, $rs), (set $rt, $rs));
}
// CHECK: error: HaltAfterSet: Sem: halt changes nothing but the status
def HaltAfterSet : Tiny<6> {
  let Sem = (seq (set $rt, $rs), (halt));
}
// CHECK: error: TwoDestinations: Sem: an instruction writes one operand, here both $rt and $rs
def TwoDestinations : Tiny<8> {
  let Sem = (seq (set $rt, $rs), (set $rs, $rt));
}
// CHECK: error: Wide: Sem: an access is B8, B16 or B32 wide, not B64
def Wide : Tiny<7> {
  let Sem = (seq (let_ $a, (add $rs, 0)), (set $rt, (lo32 (load B64, $a))));
}
