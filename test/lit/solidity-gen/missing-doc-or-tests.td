// RUN: not opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o %t.inc 2>&1 | FileCheck %s

include "Tiny.td"

// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Mute: no Doc; say what the instruction does
def Mute : Tiny<0> {
  let Doc = "";
}
// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Untested: no Tests; add at least one Vector worked out from the architecture manual
def Untested : Tiny<1> {
  let Tests = [];
}
// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Misnamed: Tests: '1:$rd' has no meaning in (given …)
def Misnamed : Tiny<2> {
  let Tests = [Vector<(given 1:$rd), (expect)>];
}
// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Immediate: Tests: '1:$imm' has no meaning in (expect …)
def Immediate : Tiny<3> {
  let Tests = [Vector<(given), (expect 1:$imm)>];
}
// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Large: Tests: 65536:$imm does not fit in 16 bits
def Large : Tiny<4> {
  let Tests = [Vector<(given 65536:$imm), (expect)>];
}
// CHECK: missing-doc-or-tests.td:[[@LINE+1]]:5: error: Swapped: Tests: expected (given …), got (expect)
def Swapped : Tiny<5> {
  let Tests = [Vector<(expect), (given)>];
}
