//===- Mips32Branch.td - Branches and jumps -------------------------------===//
//
// All take effect after the instruction in the delay slot. A branch or jump in
// a delay slot (UNPREDICTABLE) traps. Registers are read before a link is
// written, so a link register that is also the source (UNPREDICTABLE) is
// harmless: the old content counts.
//
// The likely forms, obsolete but part of release 2, nullify their delay slot
// when they are not taken: it is no step. They trap in a delay slot as all
// branches do, taken or not; in their own nullified delay slot nothing is
// executed, so nothing traps there.
//
//===----------------------------------------------------------------------===//

// The destination of a branch: the delay slot's address + 4 * distance.
defvar branchTarget = (add (add $pc, 4), (shl (sext16 $distance), 2));
// The destination of a jump, in the delay slot's 256 MiB region.
defvar jumpTarget = (or (and (add $pc, 4), 0xf0000000),
                        (shl (zext26 $index), 2));
defvar linkAddress = (add $pc, 8);

//===- Conditional branches -----------------------------------------------===//

def BEQ : Branch<0b000100, "beq $rs, $rt, $distance"> {
  let Doc = "Branches if rs = rt.";
  let Sem = (branch (eq $rs, $rt), branchTarget);
  let Tests = [Vector<(given 7:$rs, 7:$rt, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 7:$rs, 7:$rt, 0xffff:$distance),
                      (expect 0x80:$nextPc)>,
               Vector<(given 7:$rs, 8:$rt, 3:$distance), (expect)>];
}
def BNE : Branch<0b000101, "bne $rs, $rt, $distance"> {
  let Doc = "Branches if rs is not equal to rt.";
  let Sem = (branch (not1 (eq $rs, $rt)), branchTarget);
  let Tests = [Vector<(given 7:$rs, 8:$rt, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 7:$rs, 8:$rt, 0x8000:$distance),
                      (expect 0xfffe0084:$nextPc)>,
               Vector<(given 7:$rs, 7:$rt, 3:$distance), (expect)>];
}

class BranchOnZero<bits<6> opcode, string mnemonic>
    : Branch<opcode, mnemonic # " $rs, $distance"> {
  let rt = 0;
}
def BLEZ : BranchOnZero<0b000110, "blez"> {
  let Doc = "Branches if rs <= 0, signed.";
  let Sem = (branch (not1 (slt 0, $rs)), branchTarget);
  let Tests = [Vector<(given 0:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given -1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 1:$rs, 3:$distance), (expect)>];
}
def BGTZ : BranchOnZero<0b000111, "bgtz"> {
  let Doc = "Branches if rs > 0, signed.";
  let Sem = (branch (slt 0, $rs), branchTarget);
  let Tests = [Vector<(given 1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 0:$rs, 3:$distance), (expect)>,
               Vector<(given 0x80000000:$rs, 3:$distance), (expect)>];
}

class BranchOnSign<bits<5> minor, string mnemonic>
    : RegImm<minor, mnemonic # " $rs, $distance"> {
  bits<16> distance;
  let Inst{15-0} = distance;
}
def BLTZ : BranchOnSign<0b00000, "bltz"> {
  let Doc = "Branches if rs < 0, signed.";
  let Sem = (branch (slt $rs, 0), branchTarget);
  let Tests = [Vector<(given -1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 0:$rs, 3:$distance), (expect)>];
}
def BGEZ : BranchOnSign<0b00001, "bgez"> {
  let Doc = "Branches if rs >= 0, signed.";
  let Sem = (branch (not1 (slt $rs, 0)), branchTarget);
  let Tests = [Vector<(given 0:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given -1:$rs, 3:$distance), (expect)>];
}
def BLTZAL : BranchOnSign<0b10000, "bltzal"> {
  let Doc = "ra = pc + 8, branching or not; branches if rs < 0, signed.";
  let Sem = (seq (set RA, linkAddress), (branch (slt $rs, 0), branchTarget));
  let Tests = [Vector<(given -1:$rs, 3:$distance),
                      (expect 0x90:$nextPc, 0x88:$ra)>,
               Vector<(given 0:$rs, 3:$distance), (expect 0x88:$ra)>,
               Vector<(given -1:$rs, 3:$distance),
                      (expect 0x90:$nextPc, 0x88:$ra), (fields 31:$rs)>];
}
def BGEZAL : BranchOnSign<0b10001, "bgezal"> {
  let Doc = "ra = pc + 8, branching or not; branches if rs >= 0, signed. bal is "
            "bgezal $zero.";
  let Sem = (seq (set RA, linkAddress),
                 (branch (not1 (slt $rs, 0)), branchTarget));
  let Tests = [Vector<(given 0:$rs, 3:$distance),
                      (expect 0x90:$nextPc, 0x88:$ra)>,
               Vector<(given -1:$rs, 3:$distance), (expect 0x88:$ra)>];
}

//===- Likely branches ----------------------------------------------------===//

def BEQL : Branch<0b010100, "beql $rs, $rt, $distance"> {
  let Doc = "Branches if rs = rt, else nullifies the delay slot.";
  let Sem = (branch_likely (eq $rs, $rt), branchTarget);
  let Tests = [Vector<(given 7:$rs, 7:$rt, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 7:$rs, 8:$rt, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BNEL : Branch<0b010101, "bnel $rs, $rt, $distance"> {
  let Doc = "Branches if rs is not equal to rt, else nullifies the delay slot.";
  let Sem = (branch_likely (not1 (eq $rs, $rt)), branchTarget);
  let Tests = [Vector<(given 7:$rs, 8:$rt, 0xfffe:$distance),
                      (expect 0x7c:$nextPc)>,
               Vector<(given 7:$rs, 7:$rt, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BLEZL : BranchOnZero<0b010110, "blezl"> {
  let Doc = "Branches if rs <= 0, signed, else nullifies the delay slot.";
  let Sem = (branch_likely (not1 (slt 0, $rs)), branchTarget);
  let Tests = [Vector<(given 0:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given -1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 1:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BGTZL : BranchOnZero<0b010111, "bgtzl"> {
  let Doc = "Branches if rs > 0, signed, else nullifies the delay slot.";
  let Sem = (branch_likely (slt 0, $rs), branchTarget);
  let Tests = [Vector<(given 1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 0:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>,
               Vector<(given 0x80000000:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BLTZL : BranchOnSign<0b00010, "bltzl"> {
  let Doc = "Branches if rs < 0, signed, else nullifies the delay slot.";
  let Sem = (branch_likely (slt $rs, 0), branchTarget);
  let Tests = [Vector<(given -1:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given 0:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BGEZL : BranchOnSign<0b00011, "bgezl"> {
  let Doc = "Branches if rs >= 0, signed, else nullifies the delay slot.";
  let Sem = (branch_likely (not1 (slt $rs, 0)), branchTarget);
  let Tests = [Vector<(given 0:$rs, 3:$distance), (expect 0x90:$nextPc)>,
               Vector<(given -1:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc)>];
}
def BLTZALL : BranchOnSign<0b10010, "bltzall"> {
  let Doc = "ra = pc + 8, branching or not; branches if rs < 0, signed, else "
            "nullifies the delay slot.";
  let Sem = (seq (set RA, linkAddress),
                 (branch_likely (slt $rs, 0), branchTarget));
  let Tests = [Vector<(given -1:$rs, 3:$distance),
                      (expect 0x90:$nextPc, 0x88:$ra)>,
               Vector<(given 0:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc, 0x88:$ra)>];
}
def BGEZALL : BranchOnSign<0b10011, "bgezall"> {
  let Doc = "ra = pc + 8, branching or not; branches if rs >= 0, signed, else "
            "nullifies the delay slot.";
  let Sem = (seq (set RA, linkAddress),
                 (branch_likely (not1 (slt $rs, 0)), branchTarget));
  let Tests = [Vector<(given 0:$rs, 3:$distance),
                      (expect 0x90:$nextPc, 0x88:$ra)>,
               Vector<(given -1:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc, 0x88:$ra)>,
               Vector<(given 0x80000000:$rs, 3:$distance),
                      (expect 0x88:$pc, 0x8c:$nextPc, 0x88:$ra),
                      (fields 31:$rs)>];
}

//===- Jumps --------------------------------------------------------------===//

class Jump<bits<6> opcode, string mnemonic>
    : Instruction<mnemonic # " $index"> {
  bits<26> index;
  let Inst{31-26} = opcode;
  let Inst{25-0} = index;
}
def J : Jump<0b000010, "j"> {
  let Doc = "Jumps to 4 * index in the 256 MiB region of the delay slot.";
  let Sem = (branch 1, jumpTarget);
  let Tests = [Vector<(given 0x12:$index), (expect 0x48:$nextPc)>,
               Vector<(given 0x12:$index, 0x0ffffffc:$pc),
                      (expect 0x10000048:$nextPc)>,
               Vector<(given 0x12:$index, 0x0ffffff8:$pc),
                      (expect 0x48:$nextPc)>];
}
def JAL : Jump<0b000011, "jal"> {
  let Doc = "ra = pc + 8; jumps to 4 * index in the 256 MiB region of the delay "
            "slot.";
  let Sem = (seq (set RA, linkAddress), (branch 1, jumpTarget));
  let Tests = [Vector<(given 0x3ffffff:$index),
                      (expect 0x0ffffffc:$nextPc, 0x88:$ra)>,
               Vector<(given 0x12:$index, 0x0ffffffc:$pc),
                      (expect 0x10000048:$nextPc, 0x10000004:$ra)>];
}

// The hint field of jr and jalr is 0, or 16 where a hazard barrier is asked for
// (.hb). Code never changes and every step sees all of the one before, so there
// are no hazards. Other hints are reserved.
class JumpRegister<string mnemonic, bits<5> hint>
    : SpecialBase<0b000000, 0b001000, mnemonic # " $rs"> {
  bits<5> rs;
  let Inst{25-21} = rs;
  let Inst{20-11} = 0;
  let Inst{10-6} = hint;
  let Doc = "Jumps to the address in rs. Where that is not a multiple of 4, the "
            "fetch there traps, after the delay slot.";
  let Sem = (branch 1, $rs);
  let Tests = [Vector<(given 0x44:$rs), (expect 0x44:$nextPc)>,
               Vector<(given 0x87654321:$rs), (expect 0x87654321:$nextPc)>];
}
def JR : JumpRegister<"jr", 0>;
def JR_HB : JumpRegister<"jr.hb", 16> {
  let Doc = "As jr: there are no hazards to be cleared.";
}

class JumpRegisterAndLink<string mnemonic, bits<5> hint>
    : SpecialBase<0b000000, 0b001001, mnemonic # " $rd, $rs"> {
  bits<5> rs;
  bits<5> rd;
  let Inst{25-21} = rs;
  let Inst{20-16} = 0;
  let Inst{15-11} = rd;
  let Inst{10-6} = hint;
  let Doc = "rd = pc + 8; jumps to the address that rs held before. Where that "
            "is not a multiple of 4, the fetch there traps, after the delay "
            "slot.";
  let Sem = (seq (set $rd, linkAddress), (branch 1, $rs));
  let Tests = [Vector<(given 0x44:$rs), (expect 0x44:$nextPc, 0x88:$rd)>,
               Vector<(given 0x44:$rs), (expect 0x44:$nextPc, 0x88:$rs),
                      (fields 8:$rd)>,
               Vector<(given 0x44:$rs), (expect 0x44:$nextPc), (fields 0:$rd)>];
}
def JALR : JumpRegisterAndLink<"jalr", 0>;
def JALR_HB : JumpRegisterAndLink<"jalr.hb", 16> {
  let Doc = "As jalr: there are no hazards to be cleared.";
}
