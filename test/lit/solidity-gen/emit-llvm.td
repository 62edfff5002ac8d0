// RUN: opml-isa-gen --emit=llvm %s -I %isa_dir -I %S/Inputs -o - | FileCheck %s

include "Tiny.td"

// CHECK: OPML_TRANSLATE(Sum) {
// CHECK-NEXT: Value *imm = B.getIntN(16, word >> 0 & 0xffff);
// CHECK-NEXT: Value *rs = at.read(word >> 21 & 0x1f);
// CHECK-NEXT: Value *[[ADDEND:t[0-9]+]] = B.CreateSExt(imm, B.getInt32Ty());
// CHECK-NEXT: Value *[[SUM:t[0-9]+]] = B.CreateAdd(rs, [[ADDEND]]);
// CHECK-NEXT: at.write(word >> 16 & 0x1f, [[SUM]]);
// CHECK-NEXT: }
def Sum : Tiny<0> {
  let Sem = (set $rt, (add $rs, (sext16 $imm)));
}
// Checks stand before the access.
// CHECK: OPML_TRANSLATE(Load) {
// CHECK: at.checkAccess(a, 16);
// CHECK-NEXT: Value *{{.*}} = B.CreateZExt(at.load(a, 16), B.getInt32Ty());
def Load : Tiny<1> {
  let Sem = (seq (let_ $a, (add $rs, 0)),
                 (set $rt, (zext16 (load B16, $a))));
}
// CHECK: OPML_TRANSLATE(Likely) {
// CHECK: at.branchLikely({{.*}}, rt);
def Likely : Tiny<2> {
  let Sem = (branch_likely (eq $rs, 0), $rt);
}
// CHECK: OPML_TRANSLATION(Sum, false)
