// RUN: opml-isa-gen --emit=cpp %s -I %isa_dir -I %S/Inputs -o - | FileCheck %s

include "Tiny.td"

// CHECK: OP_RESERVED,
// CHECK-NEXT: OP_Sum,

// Oracles are told what they cannot know.
// CHECK: OPML_EXTENSION("fixed")
// CHECK-NEXT: #undef

// Fixed fields beside the opcode are compared after it.
// CHECK-LABEL: static uint16_t decodeOpcode(uint32_t word) {
// CHECK-NEXT: switch (word >> 26 & 0x3f) {
// CHECK-NEXT: case 0x0:
// CHECK-NEXT: return OP_Sum;
// CHECK: case 0x2:
// CHECK-NEXT: if ((word & 0x3e00000) == 0x0)
// CHECK-NEXT: return OP_Fixed;
// CHECK-NEXT: return 0;

// CHECK: OPML_HANDLER(Sum) {
// CHECK-NEXT: OPML_LOCATE();
// CHECK-NEXT: const uint32_t imm = insn->word & 0xffff;
// CHECK-NEXT: const uint32_t rs = cpu->gpr[insn->rs];
// CHECK-NEXT: cpu->gpr[insn->destination] = (rs + uint32_t(int32_t(int16_t(imm))));
// CHECK-NEXT: OPML_CONTINUE();
def Sum : Tiny<0> {
  let Sem = (set $rt, (add $rs, (sext16 $imm)));
}
// Misalignment before range.
// CHECK: OPML_HANDLER(Load) {
// CHECK: if (a & 1) {{.*}}unlikely
// CHECK-NEXT: OPML_TRAP(5);
// CHECK-NEXT: if (a >= memorySize)
// CHECK-NEXT: OPML_TRAP(6);
// CHECK-NEXT: cpu->gpr[insn->destination] = loadMemory16(memory, a);
def Load : Tiny<1> {
  let Sem = (seq (let_ $a, (add $rs, 0)),
                 (set $rt, (zext16 (load B16, $a))));
}
def Fixed : Tiny<2, "fixed $rt, $imm"> {
  let IsExtension = 1;
  let rs = 0;
}
// A likely branch that is not taken nullifies its delay slot.
// CHECK: OPML_HANDLER(Likely) {
// CHECK: if (nextPc != pc + 4) {{.*}}
// CHECK: if ((rs == rt))
// CHECK-NEXT: OPML_NEXT((pc + 0x8u));
// CHECK-NEXT: OPML_NULLIFY();
def Likely : Tiny<3> {
  let Sem = (branch_likely (eq $rs, $rt), (add $pc, 8));
}
// The address of an access is known without executing it.
// CHECK: #ifdef OPML_GET_ACCESSES
// CHECK: case OP_Load: {
// CHECK-NEXT: const uint32_t rs = cpu->gpr[insn->rs];
// CHECK-NEXT: const uint32_t a = (rs + 0x0u);
// CHECK-NEXT: return Access{a, 2};
