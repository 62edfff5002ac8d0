//===- Mips32MultiplyDivide.td - Multiplication, division, HI and LO ------===//

class HiLo<bits<6> function, string mnemonic, bits<6> opcode = 0b000000>
    : SpecialBase<opcode, function, mnemonic # " $rs, $rt"> {
  bits<5> rs;
  bits<5> rt;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
  let Inst{15-6} = 0;
}

//===- Multiplication -----------------------------------------------------===//

def MUL : R<0b000010, "mul $rd, $rs, $rt", 0b011100> {
  let Doc = "rd = rs * rt, modulo 2^32. HI and LO, UNPREDICTABLE in the manual, "
            "stay as they are.";
  let Sem = (set $rd, (mul $rs, $rt));
  let Tests = [Vector<(given -3:$rs, 5:$rt, 1:$hi, 2:$lo), (expect -15:$rd)>,
               Vector<(given 0x10001:$rs, 0x10001:$rt),
                      (expect 0x00020001:$rd)>];
}
def MULT : HiLo<0b011000, "mult"> {
  let Doc = "HI:LO = rs * rt, both signed.";
  let Sem = (seq (let_ $product, (mul64 (sext64 $rs), (sext64 $rt))),
                 (set HI, (hi32 $product)), (set LO, (lo32 $product)));
  let Tests = [Vector<(given 0xffffffff:$rs, 2:$rt), (expect -1:$hi, -2:$lo)>,
               Vector<(given 0x80000000:$rs, 0x80000000:$rt),
                      (expect 0x40000000:$hi, 0:$lo)>];
}
def MULTU : HiLo<0b011001, "multu"> {
  let Doc = "HI:LO = rs * rt, both unsigned.";
  let Sem = (seq (let_ $product, (mul64 (zext64 $rs), (zext64 $rt))),
                 (set HI, (hi32 $product)), (set LO, (lo32 $product)));
  let Tests = [Vector<(given 0xffffffff:$rs, 2:$rt), (expect 1:$hi, -2:$lo)>,
               Vector<(given 0xffffffff:$rs, 0xffffffff:$rt),
                      (expect 0xfffffffe:$hi, 1:$lo)>];
}
def MADD : HiLo<0b000000, "madd", 0b011100> {
  let Doc = "HI:LO = HI:LO + rs * rt, both factors signed, modulo 2^64.";
  let Sem = (seq (let_ $sum, (add64 (concat HI, LO),
                                    (mul64 (sext64 $rs), (sext64 $rt)))),
                 (set HI, (hi32 $sum)), (set LO, (lo32 $sum)));
  let Tests = [Vector<(given -1:$rs, 1:$rt, 1:$hi, 0:$lo),
                      (expect 0:$hi, 0xffffffff:$lo)>,
               Vector<(given 2:$rs, 3:$rt, 0:$hi, 0xffffffff:$lo),
                      (expect 1:$hi, 5:$lo)>];
}
def MADDU : HiLo<0b000001, "maddu", 0b011100> {
  let Doc = "HI:LO = HI:LO + rs * rt, both factors unsigned, modulo 2^64.";
  let Sem = (seq (let_ $sum, (add64 (concat HI, LO),
                                    (mul64 (zext64 $rs), (zext64 $rt)))),
                 (set HI, (hi32 $sum)), (set LO, (lo32 $sum)));
  let Tests = [Vector<(given -1:$rs, 1:$rt, 1:$hi, 0:$lo),
                      (expect 1:$hi, 0xffffffff:$lo)>,
               Vector<(given -1:$rs, -1:$rt, -1:$hi, -1:$lo),
                      (expect 0xfffffffe:$hi, 0:$lo)>];
}
def MSUB : HiLo<0b000100, "msub", 0b011100> {
  let Doc = "HI:LO = HI:LO - rs * rt, both factors signed, modulo 2^64.";
  let Sem = (seq (let_ $difference, (sub64 (concat HI, LO),
                                           (mul64 (sext64 $rs), (sext64 $rt)))),
                 (set HI, (hi32 $difference)), (set LO, (lo32 $difference)));
  let Tests = [Vector<(given -1:$rs, 1:$rt, 0:$hi, 0:$lo),
                      (expect 0:$hi, 1:$lo)>,
               Vector<(given 1:$rs, 1:$rt, 0:$hi, 0:$lo),
                      (expect -1:$hi, -1:$lo)>];
}
def MSUBU : HiLo<0b000101, "msubu", 0b011100> {
  let Doc = "HI:LO = HI:LO - rs * rt, both factors unsigned, modulo 2^64.";
  let Sem = (seq (let_ $difference, (sub64 (concat HI, LO),
                                           (mul64 (zext64 $rs), (zext64 $rt)))),
                 (set HI, (hi32 $difference)), (set LO, (lo32 $difference)));
  let Tests = [Vector<(given -1:$rs, 1:$rt, 0:$hi, 0:$lo),
                      (expect -1:$hi, 1:$lo)>];
}

//===- Division -----------------------------------------------------------===//

def DIV : HiLo<0b011010, "div"> {
  let Doc = "LO = rs / rt rounded towards zero, HI = the remainder, both "
            "signed. UNPREDICTABLE cases: rt = 0 gives LO = rs, HI = 0; "
            "-2^31 / -1 gives LO = -2^31, HI = 0.";
  let Sem = (seq (set LO, (select (eq $rt, 0), $rs, (sdiv $rs, $rt))),
                 (set HI, (srem $rs, $rt)));
  let Tests = [Vector<(given -7:$rs, 2:$rt), (expect -3:$lo, -1:$hi)>,
               Vector<(given 7:$rs, -2:$rt), (expect -3:$lo, 1:$hi)>,
               Vector<(given -9:$rs, 0:$rt, 5:$hi), (expect -9:$lo, 0:$hi)>,
               Vector<(given 0x80000000:$rs, -1:$rt, 5:$hi),
                      (expect 0x80000000:$lo, 0:$hi)>];
}
def DIVU : HiLo<0b011011, "divu"> {
  let Doc = "LO = rs / rt, HI = the remainder, both unsigned. rt = 0 "
            "(UNPREDICTABLE) gives LO = rs, HI = 0.";
  let Sem = (seq (set LO, (select (eq $rt, 0), $rs, (udiv $rs, $rt))),
                 (set HI, (urem $rs, $rt)));
  let Tests = [Vector<(given 0xfffffff9:$rs, 2:$rt),
                      (expect 0x7ffffffc:$lo, 1:$hi)>,
               Vector<(given 0x80000000:$rs, -1:$rt),
                      (expect 0:$lo, 0x80000000:$hi)>,
               Vector<(given 9:$rs, 0:$rt, 5:$hi), (expect 9:$lo, 0:$hi)>];
}

//===- Moves to and from HI and LO ----------------------------------------===//

class MoveFrom<bits<6> function, string mnemonic>
    : SpecialBase<0b000000, function, mnemonic # " $rd"> {
  bits<5> rd;
  let Inst{25-16} = 0;
  let Inst{15-11} = rd;
  let Inst{10-6} = 0;
}
class MoveTo<bits<6> function, string mnemonic>
    : SpecialBase<0b000000, function, mnemonic # " $rs"> {
  bits<5> rs;
  let Inst{25-21} = rs;
  let Inst{20-6} = 0;
}
def MFHI : MoveFrom<0b010000, "mfhi"> {
  let Doc = "rd = HI.";
  let Sem = (set $rd, HI);
  let Tests = [Vector<(given 0x87654321:$hi, 1:$lo), (expect 0x87654321:$rd)>];
}
def MFLO : MoveFrom<0b010010, "mflo"> {
  let Doc = "rd = LO.";
  let Sem = (set $rd, LO);
  let Tests = [Vector<(given 1:$hi, 0x87654321:$lo), (expect 0x87654321:$rd)>];
}
def MTHI : MoveTo<0b010001, "mthi"> {
  let Doc = "HI = rs. LO, UNPREDICTABLE in some sequences, stays as it is.";
  let Sem = (set HI, $rs);
  let Tests = [Vector<(given 0x87654321:$rs, 1:$lo), (expect 0x87654321:$hi)>];
}
def MTLO : MoveTo<0b010011, "mtlo"> {
  let Doc = "LO = rs. HI, UNPREDICTABLE in some sequences, stays as it is.";
  let Sem = (set LO, $rs);
  let Tests = [Vector<(given 0x87654321:$rs, 1:$hi), (expect 0x87654321:$lo)>];
}
