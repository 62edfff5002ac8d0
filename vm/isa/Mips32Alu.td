//===- Mips32Alu.td - Arithmetic, logic, shifts, bit fields, moves --------===//

//===- Arithmetic ---------------------------------------------------------===//

def ADD : R<0b100000, "add $rd, $rs, $rt"> {
  let Doc = "rd = rs + rt; traps if the signed sum does not fit in 32 bits.";
  let Sem = (seq (let_ $sum, (add $rs, $rt)),
                 (trap_if (slt (and (xor $rs, $sum), (xor $rt, $sum)), 0),
                          IntegerOverflow),
                 (set $rd, $sum));
  let Tests = [Vector<(given 5:$rs, -7:$rt), (expect -2:$rd)>,
               Vector<(given 0x7fffffff:$rs, 1:$rt), (expect 9:$cause)>,
               Vector<(given 0x80000000:$rs, -1:$rt), (expect 9:$cause)>];
}
def ADDI : SignedImmediate<0b001000, "addi $rt, $rs, $imm"> {
  let Doc = "rt = rs + sign-extended imm; traps if the signed sum does not fit "
            "in 32 bits.";
  let Sem = (seq (let_ $addend, (sext16 $imm)),
                 (let_ $sum, (add $rs, $addend)),
                 (trap_if (slt (and (xor $rs, $sum), (xor $addend, $sum)), 0),
                          IntegerOverflow),
                 (set $rt, $sum));
  let Tests = [Vector<(given 5:$rs, 0xfff9:$imm), (expect -2:$rt)>,
               Vector<(given 0x7fffffff:$rs, 1:$imm), (expect 9:$cause)>];
}
def ADDIU : SignedImmediate<0b001001, "addiu $rt, $rs, $imm"> {
  let Doc = "rt = rs + sign-extended imm, modulo 2^32.";
  let Sem = (set $rt, (add $rs, (sext16 $imm)));
  let Tests = [Vector<(given 1:$rs, 0xffff:$imm), (expect 0:$rt)>,
               Vector<(given 0x7fffffff:$rs, 1:$imm), (expect 0x80000000:$rt)>,
               Vector<(given 5:$rs, 0x8000:$imm), (expect 0xffff8005:$rt)>];
}
def ADDU : R<0b100001, "addu $rd, $rs, $rt"> {
  let Doc = "rd = rs + rt, modulo 2^32.";
  let Sem = (set $rd, (add $rs, $rt));
  let Tests = [Vector<(given 2:$rs, 3:$rt), (expect 5:$rd)>,
               Vector<(given 0xffffffff:$rs, 2:$rt), (expect 1:$rd)>,
               Vector<(given 1:$rs, 2:$rt), (expect), (fields 0:$rd)>];
}
def SUB : R<0b100010, "sub $rd, $rs, $rt"> {
  let Doc = "rd = rs - rt; traps if the signed difference does not fit in 32 "
            "bits.";
  let Sem = (seq (let_ $difference, (sub $rs, $rt)),
                 (trap_if (slt (and (xor $rs, $rt), (xor $rs, $difference)), 0),
                          IntegerOverflow),
                 (set $rd, $difference));
  let Tests = [Vector<(given 3:$rs, 5:$rt), (expect -2:$rd)>,
               Vector<(given 0x80000000:$rs, 1:$rt), (expect 9:$cause)>,
               Vector<(given 0:$rs, 0x80000000:$rt), (expect 9:$cause)>];
}
def SUBU : R<0b100011, "subu $rd, $rs, $rt"> {
  let Doc = "rd = rs - rt, modulo 2^32.";
  let Sem = (set $rd, (sub $rs, $rt));
  let Tests = [Vector<(given 3:$rs, 5:$rt), (expect 0xfffffffe:$rd)>,
               Vector<(given 0:$rs, 0x80000000:$rt), (expect 0x80000000:$rd)>];
}
def CLO : R<0b100001, "clo $rd, $rs", 0b011100> {
  let Doc = "rd = number of leading ones of rs, 32 if all are. The rt field "
            "must equal rd in the manual; here it is not looked at.";
  let Sem = (set $rd, (clz (not $rs)));
  let Tests = [Vector<(given 0xffffffff:$rs), (expect 32:$rd)>,
               Vector<(given 0xf0ffffff:$rs), (expect 4:$rd)>,
               Vector<(given 0x7fffffff:$rs), (expect 0:$rd)>];
}
def CLZ : R<0b100000, "clz $rd, $rs", 0b011100> {
  let Doc = "rd = number of leading zeros of rs, 32 if all are. The rt field "
            "must equal rd in the manual; here it is not looked at.";
  let Sem = (set $rd, (clz $rs));
  let Tests = [Vector<(given 0:$rs), (expect 32:$rd)>,
               Vector<(given 1:$rs), (expect 31:$rd)>,
               Vector<(given 0x00ff0000:$rs), (expect 8:$rd)>,
               Vector<(given 0x80000000:$rs), (expect 0:$rd)>];
}

//===- Comparison ---------------------------------------------------------===//

def SLT : R<0b101010, "slt $rd, $rs, $rt"> {
  let Doc = "rd = 1 if rs < rt, both signed, else 0.";
  let Sem = (set $rd, (zext1 (slt $rs, $rt)));
  let Tests = [Vector<(given -1:$rs, 0:$rt), (expect 1:$rd)>,
               Vector<(given 0:$rs, -1:$rt), (expect 0:$rd)>,
               Vector<(given 0x80000000:$rs, 0x7fffffff:$rt), (expect 1:$rd)>];
}
def SLTI : SignedImmediate<0b001010, "slti $rt, $rs, $imm"> {
  let Doc = "rt = 1 if rs < sign-extended imm, both signed, else 0.";
  let Sem = (set $rt, (zext1 (slt $rs, (sext16 $imm))));
  let Tests = [Vector<(given -2:$rs, 0xffff:$imm), (expect 1:$rt)>,
               Vector<(given 1:$rs, 0xffff:$imm), (expect 0:$rt)>];
}
def SLTIU : SignedImmediate<0b001011, "sltiu $rt, $rs, $imm"> {
  let Doc = "rt = 1 if rs < sign-extended imm, both unsigned, else 0.";
  let Sem = (set $rt, (zext1 (ult $rs, (sext16 $imm))));
  let Tests = [Vector<(given 1:$rs, 0xffff:$imm), (expect 1:$rt)>,
               Vector<(given 0xffffffff:$rs, 0xffff:$imm), (expect 0:$rt)>,
               Vector<(given 0xffff8000:$rs, 0x7fff:$imm), (expect 0:$rt)>];
}
def SLTU : R<0b101011, "sltu $rd, $rs, $rt"> {
  let Doc = "rd = 1 if rs < rt, both unsigned, else 0.";
  let Sem = (set $rd, (zext1 (ult $rs, $rt)));
  let Tests = [Vector<(given -1:$rs, 0:$rt), (expect 0:$rd)>,
               Vector<(given 0:$rs, -1:$rt), (expect 1:$rd)>];
}

//===- Logic --------------------------------------------------------------===//

def AND : R<0b100100, "and $rd, $rs, $rt"> {
  let Doc = "rd = rs AND rt, bit by bit.";
  let Sem = (set $rd, (and $rs, $rt));
  let Tests = [Vector<(given 0xff00ff00:$rs, 0x0ff00ff0:$rt),
                      (expect 0x0f000f00:$rd)>];
}
def ANDI : UnsignedImmediate<0b001100, "andi $rt, $rs, $uimm"> {
  let Doc = "rt = rs AND zero-extended uimm.";
  let Sem = (set $rt, (and $rs, (zext16 $uimm)));
  let Tests = [Vector<(given 0xffffffff:$rs, 0x8001:$uimm),
                      (expect 0x00008001:$rt)>];
}
def OR : R<0b100101, "or $rd, $rs, $rt"> {
  let Doc = "rd = rs OR rt, bit by bit.";
  let Sem = (set $rd, (or $rs, $rt));
  let Tests = [Vector<(given 0xff00ff00:$rs, 0x0ff00ff0:$rt),
                      (expect 0xfff0fff0:$rd)>];
}
def ORI : UnsignedImmediate<0b001101, "ori $rt, $rs, $uimm"> {
  let Doc = "rt = rs OR zero-extended uimm.";
  let Sem = (set $rt, (or $rs, (zext16 $uimm)));
  let Tests = [Vector<(given 0x12340000:$rs, 0x8001:$uimm),
                      (expect 0x12348001:$rt)>];
}
def XOR : R<0b100110, "xor $rd, $rs, $rt"> {
  let Doc = "rd = rs XOR rt, bit by bit.";
  let Sem = (set $rd, (xor $rs, $rt));
  let Tests = [Vector<(given 0xff00ff00:$rs, 0x0ff00ff0:$rt),
                      (expect 0xf0f0f0f0:$rd)>];
}
def XORI : UnsignedImmediate<0b001110, "xori $rt, $rs, $uimm"> {
  let Doc = "rt = rs XOR zero-extended uimm.";
  let Sem = (set $rt, (xor $rs, (zext16 $uimm)));
  let Tests = [Vector<(given 0xffffffff:$rs, 0x8001:$uimm),
                      (expect 0xffff7ffe:$rt)>];
}
def NOR : R<0b100111, "nor $rd, $rs, $rt"> {
  let Doc = "rd = NOT (rs OR rt), bit by bit.";
  let Sem = (set $rd, (not (or $rs, $rt)));
  let Tests = [Vector<(given 0xff00ff00:$rs, 0x0ff00ff0:$rt),
                      (expect 0x000f000f:$rd)>,
               Vector<(given 0:$rs, 0:$rt), (expect 0xffffffff:$rd)>];
}
def LUI : Instruction<"lui $rt, $uimm"> {
  bits<5> rt;
  bits<16> uimm;
  let Inst{31-26} = 0b001111;
  let Inst{25-21} = 0;
  let Inst{20-16} = rt;
  let Inst{15-0} = uimm;
  let Doc = "rt = uimm * 2^16.";
  let Sem = (set $rt, (shl (zext16 $uimm), 16));
  let Tests = [Vector<(given 0x8001:$uimm), (expect 0x80010000:$rt)>];
}

//===- Shifts -------------------------------------------------------------===//

def SLL : Shift<0b000000, "sll $rd, $rt, $sa"> {
  let Doc = "rd = rt shifted left by sa. nop, ssnop, ehb and pause are shifts of "
            "$zero by 0, 1, 3 and 5 and do nothing.";
  let Sem = (set $rd, (shl $rt, $sa));
  let Tests = [Vector<(given 0x80000001:$rt, 1:$sa), (expect 2:$rd)>,
               Vector<(given 0xffffffff:$rt, 31:$sa), (expect 0x80000000:$rd)>,
               Vector<(given 0x87654321:$rt, 0:$sa), (expect 0x87654321:$rd)>];
}
def SRL : Shift<0b000010, "srl $rd, $rt, $sa"> {
  let Doc = "rd = rt shifted right by sa, zeros coming in.";
  let Sem = (set $rd, (lshr $rt, $sa));
  let Tests = [Vector<(given 0x80000001:$rt, 1:$sa), (expect 0x40000000:$rd)>,
               Vector<(given 0x80000000:$rt, 31:$sa), (expect 1:$rd)>];
}
def SRA : Shift<0b000011, "sra $rd, $rt, $sa"> {
  let Doc = "rd = rt shifted right by sa, the sign bit coming in.";
  let Sem = (set $rd, (ashr $rt, $sa));
  let Tests = [Vector<(given 0x80000001:$rt, 1:$sa), (expect 0xc0000000:$rd)>,
               Vector<(given 0x80000000:$rt, 31:$sa), (expect 0xffffffff:$rd)>,
               Vector<(given 0x7fffffff:$rt, 31:$sa), (expect 0:$rd)>];
}
def ROTR : Shift<0b000010, "rotr $rd, $rt, $sa", 1> {
  let Doc = "rd = rt rotated right by sa.";
  let Sem = (set $rd, (rotr $rt, $sa));
  let Tests = [Vector<(given 0x80000001:$rt, 4:$sa), (expect 0x18000000:$rd)>,
               Vector<(given 0x12345678:$rt, 0:$sa), (expect 0x12345678:$rd)>];
}
def SLLV : ShiftVariable<0b000100, "sllv $rd, $rt, $rs"> {
  let Doc = "rd = rt shifted left by the low five bits of rs.";
  let Sem = (set $rd, (shl $rt, (lo5 $rs)));
  let Tests = [Vector<(given 3:$rt, 33:$rs), (expect 6:$rd)>,
               Vector<(given 3:$rt, 0xffffffff:$rs), (expect 0x80000000:$rd)>];
}
def SRLV : ShiftVariable<0b000110, "srlv $rd, $rt, $rs"> {
  let Doc = "rd = rt shifted right by the low five bits of rs, zeros coming in.";
  let Sem = (set $rd, (lshr $rt, (lo5 $rs)));
  let Tests = [Vector<(given 0x80000000:$rt, 63:$rs), (expect 1:$rd)>,
               Vector<(given 0x80000000:$rt, 32:$rs), (expect 0x80000000:$rd)>];
}
def SRAV : ShiftVariable<0b000111, "srav $rd, $rt, $rs"> {
  let Doc = "rd = rt shifted right by the low five bits of rs, the sign bit "
            "coming in.";
  let Sem = (set $rd, (ashr $rt, (lo5 $rs)));
  let Tests = [Vector<(given 0x80000000:$rt, 63:$rs), (expect 0xffffffff:$rd)>,
               Vector<(given 0x80000000:$rt, 32:$rs), (expect 0x80000000:$rd)>,
               Vector<(given 0x40000000:$rt, 0x104:$rs),
                      (expect 0x04000000:$rd)>];
}
def ROTRV : ShiftVariable<0b000110, "rotrv $rd, $rt, $rs", 1> {
  let Doc = "rd = rt rotated right by the low five bits of rs.";
  let Sem = (set $rd, (rotr $rt, (lo5 $rs)));
  let Tests = [Vector<(given 0x80000001:$rt, 36:$rs), (expect 0x18000000:$rd)>,
               Vector<(given 0x12345678:$rt, 32:$rs), (expect 0x12345678:$rd)>];
}

//===- Bit fields and bytes -----------------------------------------------===//

class BitField<bits<6> function, string assembly>
    : SpecialBase<0b011111, function, assembly> {
  bits<5> rs;
  bits<5> rt;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
}
def EXT : BitField<0b000000, "ext $rt, $rs, $lsb, $msbd"> {
  bits<5> msbd;
  bits<5> lsb;
  let Inst{15-11} = msbd;
  let Inst{10-6} = lsb;
  let Doc = "rt = the msbd + 1 bits of rs from bit lsb upwards, zero-extended. "
            "Where they reach beyond bit 31 (UNPREDICTABLE), the missing bits "
            "are zero.";
  let Sem = (set $rt, (and (lshr $rs, $lsb),
                           (lshr 0xffffffff, (not5 $msbd))));
  let Tests = [Vector<(given 0x87654321:$rs, 4:$lsb, 7:$msbd),
                      (expect 0x32:$rt)>,
               Vector<(given 0x87654321:$rs, 0:$lsb, 31:$msbd),
                      (expect 0x87654321:$rt)>,
               Vector<(given 0x87654321:$rs, 31:$lsb, 0:$msbd), (expect 1:$rt)>];
}
def INS : BitField<0b000100, "ins $rt, $rs, $lsb, $msb"> {
  bits<5> msb;
  bits<5> lsb;
  let Inst{15-11} = msb;
  let Inst{10-6} = lsb;
  let Doc = "Bits lsb to msb of rt = the lowest bits of rs; the others stay. "
            "Where msb < lsb (UNPREDICTABLE), rt stays as it is.";
  let Sem = (seq (let_ $mask, (and (shl 0xffffffff, $lsb),
                                   (lshr 0xffffffff, (not5 $msb)))),
                 (set $rt, (or (and (shl $rs, $lsb), $mask),
                               (and $rt, (not $mask)))));
  let Tests = [Vector<(given 0xffffffab:$rs, 0x12345678:$rt, 8:$lsb, 15:$msb),
                      (expect 0x1234ab78:$rt)>,
               Vector<(given 0x87654321:$rs, 0x12345678:$rt, 0:$lsb, 31:$msb),
                      (expect 0x87654321:$rt)>,
               Vector<(given 1:$rs, 0:$rt, 31:$lsb, 31:$msb),
                      (expect 0x80000000:$rt)>];
}

class ByteShuffle<bits<5> minor, string assembly>
    : SpecialBase<0b011111, 0b100000, assembly> {
  bits<5> rt;
  bits<5> rd;
  let Inst{25-21} = 0;
  let Inst{20-16} = rt;
  let Inst{15-11} = rd;
  let Inst{10-6} = minor;
}
def SEB : ByteShuffle<0b10000, "seb $rd, $rt"> {
  let Doc = "rd = the low byte of rt, sign-extended.";
  let Sem = (set $rd, (sext8 (lo8 $rt)));
  let Tests = [Vector<(given 0x12345680:$rt), (expect 0xffffff80:$rd)>,
               Vector<(given 0xffffff7f:$rt), (expect 0x7f:$rd)>];
}
def SEH : ByteShuffle<0b11000, "seh $rd, $rt"> {
  let Doc = "rd = the low halfword of rt, sign-extended.";
  let Sem = (set $rd, (sext16 (lo16 $rt)));
  let Tests = [Vector<(given 0x12348000:$rt), (expect 0xffff8000:$rd)>,
               Vector<(given 0xffff7fff:$rt), (expect 0x7fff:$rd)>];
}
def WSBH : ByteShuffle<0b00010, "wsbh $rd, $rt"> {
  let Doc = "rd = rt with the two bytes of each halfword exchanged.";
  let Sem = (set $rd, (or (and (shl $rt, 8), 0xff00ff00),
                          (and (lshr $rt, 8), 0x00ff00ff)));
  let Tests = [Vector<(given 0x12345678:$rt), (expect 0x34127856:$rd)>];
}

//===- Conditional moves --------------------------------------------------===//

def MOVN : R<0b001011, "movn $rd, $rs, $rt"> {
  let Doc = "rd = rs if rt is not zero.";
  let Sem = (set $rd, (select (eq $rt, 0), $rd, $rs));
  let Tests = [Vector<(given 7:$rs, 0x80000000:$rt, 3:$rd), (expect 7:$rd)>,
               Vector<(given 7:$rs, 0:$rt, 3:$rd), (expect 3:$rd)>];
}
def MOVZ : R<0b001010, "movz $rd, $rs, $rt"> {
  let Doc = "rd = rs if rt is zero.";
  let Sem = (set $rd, (select (eq $rt, 0), $rs, $rd));
  let Tests = [Vector<(given 7:$rs, 0x80000000:$rt, 3:$rd), (expect 3:$rd)>,
               Vector<(given 7:$rs, 0:$rt, 3:$rd), (expect 7:$rd)>];
}
