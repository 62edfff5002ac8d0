//===- Mips32System.td - Traps, system calls, barriers --------------------===//

//===- Conditional traps --------------------------------------------------===//

class TrapRegister<bits<6> function, string mnemonic>
    : SpecialBase<0b000000, function, mnemonic # " $rs, $rt, $code10"> {
  bits<5> rs;
  bits<5> rt;
  bits<10> code10;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
  let Inst{15-6} = code10;
}
def TEQ : TrapRegister<0b110100, "teq"> {
  let Doc = "Traps if rs = rt.";
  let Sem = (trap_if (eq $rs, $rt), TrapTaken);
  let Tests = [Vector<(given 5:$rs, 5:$rt), (expect 10:$cause)>,
               Vector<(given 5:$rs, 6:$rt, 7:$code10), (expect)>];
}
def TNE : TrapRegister<0b110110, "tne"> {
  let Doc = "Traps if rs is not equal to rt.";
  let Sem = (trap_if (not1 (eq $rs, $rt)), TrapTaken);
  let Tests = [Vector<(given 5:$rs, 6:$rt), (expect 10:$cause)>,
               Vector<(given 5:$rs, 5:$rt), (expect)>];
}
def TGE : TrapRegister<0b110000, "tge"> {
  let Doc = "Traps if rs >= rt, both signed.";
  let Sem = (trap_if (not1 (slt $rs, $rt)), TrapTaken);
  let Tests = [Vector<(given 5:$rs, 5:$rt), (expect 10:$cause)>,
               Vector<(given -1:$rs, 0:$rt), (expect)>];
}
def TGEU : TrapRegister<0b110001, "tgeu"> {
  let Doc = "Traps if rs >= rt, both unsigned.";
  let Sem = (trap_if (not1 (ult $rs, $rt)), TrapTaken);
  let Tests = [Vector<(given -1:$rs, 0:$rt), (expect 10:$cause)>,
               Vector<(given 0:$rs, 1:$rt), (expect)>];
}
def TLT : TrapRegister<0b110010, "tlt"> {
  let Doc = "Traps if rs < rt, both signed.";
  let Sem = (trap_if (slt $rs, $rt), TrapTaken);
  let Tests = [Vector<(given -1:$rs, 0:$rt), (expect 10:$cause)>,
               Vector<(given 0:$rs, 0:$rt), (expect)>];
}
def TLTU : TrapRegister<0b110011, "tltu"> {
  let Doc = "Traps if rs < rt, both unsigned.";
  let Sem = (trap_if (ult $rs, $rt), TrapTaken);
  let Tests = [Vector<(given 0:$rs, -1:$rt), (expect 10:$cause)>,
               Vector<(given -1:$rs, 0:$rt), (expect)>];
}

class TrapImmediate<bits<5> minor, string mnemonic>
    : RegImm<minor, mnemonic # " $rs, $imm"> {
  bits<16> imm;
  let Inst{15-0} = imm;
}
def TEQI : TrapImmediate<0b01100, "teqi"> {
  let Doc = "Traps if rs = sign-extended imm.";
  let Sem = (trap_if (eq $rs, (sext16 $imm)), TrapTaken);
  let Tests = [Vector<(given -1:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given 0xffff:$rs, 0xffff:$imm), (expect)>];
}
def TNEI : TrapImmediate<0b01110, "tnei"> {
  let Doc = "Traps if rs is not equal to sign-extended imm.";
  let Sem = (trap_if (not1 (eq $rs, (sext16 $imm))), TrapTaken);
  let Tests = [Vector<(given 0xffff:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given -1:$rs, 0xffff:$imm), (expect)>];
}
def TGEI : TrapImmediate<0b01000, "tgei"> {
  let Doc = "Traps if rs >= sign-extended imm, both signed.";
  let Sem = (trap_if (not1 (slt $rs, (sext16 $imm))), TrapTaken);
  let Tests = [Vector<(given 0:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given -2:$rs, 0xffff:$imm), (expect)>];
}
def TGEIU : TrapImmediate<0b01001, "tgeiu"> {
  let Doc = "Traps if rs >= sign-extended imm, both unsigned.";
  let Sem = (trap_if (not1 (ult $rs, (sext16 $imm))), TrapTaken);
  let Tests = [Vector<(given -1:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given 0:$rs, 0xffff:$imm), (expect)>];
}
def TLTI : TrapImmediate<0b01010, "tlti"> {
  let Doc = "Traps if rs < sign-extended imm, both signed.";
  let Sem = (trap_if (slt $rs, (sext16 $imm)), TrapTaken);
  let Tests = [Vector<(given -2:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given 0:$rs, 0xffff:$imm), (expect)>];
}
def TLTIU : TrapImmediate<0b01011, "tltiu"> {
  let Doc = "Traps if rs < sign-extended imm, both unsigned.";
  let Sem = (trap_if (ult $rs, (sext16 $imm)), TrapTaken);
  let Tests = [Vector<(given 0:$rs, 0xffff:$imm), (expect 10:$cause)>,
               Vector<(given -1:$rs, 0xffff:$imm), (expect)>];
}

//===- Everything else ----------------------------------------------------===//

class Service<bits<6> function, string mnemonic>
    : SpecialBase<0b000000, function, mnemonic # " $code20"> {
  bits<20> code20;
  let Inst{25-6} = code20;
}
def SYSCALL : Service<0b001100, "syscall"> {
  let Doc = "Halts if v0 = 4001, exit of the Linux O32 ABI: status becomes "
            "halted and nothing else changes; the exit code is a0. Traps "
            "otherwise.";
  let Sem = (seq (trap_if (not1 (eq V0, 4001)), UnknownSystemCall), (halt));
  let Tests = [Vector<(given 4001:$v0, 7:$a0), (expect 1:$halted)>,
               Vector<(given 4004:$v0), (expect 12:$cause)>];
}
def BREAK : Service<0b001101, "break"> {
  let Doc = "Traps.";
  let Sem = (trap_if 1, Breakpoint);
  let Tests = [Vector<(given 7:$code20), (expect 11:$cause)>];
}
def SYNC : SpecialBase<0b000000, 0b001111, "sync $stype"> {
  bits<5> stype;
  let Inst{25-11} = 0;
  let Inst{10-6} = stype;
  let Doc = "Does nothing, whatever stype: one thread sees its own accesses in "
            "order.";
  let Tests = [Vector<(given 0:$stype), (expect)>];
}

//===- Left out -----------------------------------------------------------===//

def : Omission<["rdhwr"],
               "HWREna is 0, so that no hardware register may be read in user "
               "mode: reserved in the manual, too.">;
def : Omission<["movf", "movt", "bc1f", "bc1t", "bc1fl", "bc1tl", "cfc1",
                "ctc1", "mfc1", "mtc1", "mfhc1", "mthc1", "lwc1", "swc1",
                "ldc1", "sdc1", "lwxc1", "swxc1", "ldxc1", "sdxc1", "luxc1",
                "suxc1", "prefx", "cop1", "cop1x"],
               "There is no floating-point unit.">;
def : Omission<["bc2f", "bc2t", "bc2fl", "bc2tl", "cfc2", "ctc2", "mfc2",
                "mtc2", "mfhc2", "mthc2", "lwc2", "swc2", "ldc2", "sdc2",
                "cop2"],
               "There is no coprocessor 2.">;
def : Omission<["cache", "di", "ei", "eret", "mfc0", "mtc0", "rdpgpr",
                "wrpgpr", "tlbp", "tlbr", "tlbwi", "tlbwr", "wait"],
               "Privileged: user mode has no coprocessor 0.">;
def : Omission<["sdbbp", "deret"], "There is no debug mode.">;
def : Omission<["jalx"], "There is no MIPS16e.">;
