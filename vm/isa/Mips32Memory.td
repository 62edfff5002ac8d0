//===- Mips32Memory.td - Loads and stores ---------------------------------===//
//
// Little-endian. An address is base + sign-extended offset, modulo 2^32; it is
// not wrapped to the size of data memory.
//
//===----------------------------------------------------------------------===//

defvar address = (add $base, (sext16 $offset));

//===- Loads --------------------------------------------------------------===//

def LB : MemoryAccess<0b100000, "lb"> {
  let Doc = "rt = the byte at the address, sign-extended.";
  let Sem = (seq (let_ $a, address), (set $rt, (sext8 (load B8, $a))));
  let Tests = [Vector<(given 0x40:$base, 0x80ff7f01:$mem), (expect 1:$rt)>,
               Vector<(given 0x41:$base, 0x80ff7f01:$mem), (expect 0x7f:$rt)>,
               Vector<(given 0x40:$base, 2:$offset, 0x80ff7f01:$mem),
                      (expect -1:$rt)>,
               Vector<(given 0x44:$base, 0xffff:$offset, 0x80ff7f01:$mem),
                      (expect 0xffffff80:$rt)>];
}
def LBU : MemoryAccess<0b100100, "lbu"> {
  let Doc = "rt = the byte at the address, zero-extended.";
  let Sem = (seq (let_ $a, address), (set $rt, (zext8 (load B8, $a))));
  let Tests = [Vector<(given 0x40:$base, 0x80ff7f01:$mem), (expect 1:$rt)>,
               Vector<(given 0x43:$base, 0x80ff7f01:$mem), (expect 0x80:$rt)>,
               Vector<(given 0x80000000:$base), (expect 6:$cause)>];
}
def LH : MemoryAccess<0b100001, "lh"> {
  let Doc = "rt = the halfword at the address, sign-extended.";
  let Sem = (seq (let_ $a, address), (set $rt, (sext16 (load B16, $a))));
  let Tests = [Vector<(given 0x40:$base, 0x80ff7f01:$mem), (expect 0x7f01:$rt)>,
               Vector<(given 0x42:$base, 0x80ff7f01:$mem),
                      (expect 0xffff80ff:$rt)>,
               Vector<(given 0x41:$base), (expect 5:$cause)>];
}
def LHU : MemoryAccess<0b100101, "lhu"> {
  let Doc = "rt = the halfword at the address, zero-extended.";
  let Sem = (seq (let_ $a, address), (set $rt, (zext16 (load B16, $a))));
  let Tests = [Vector<(given 0x42:$base, 0x80ff7f01:$mem), (expect 0x80ff:$rt)>,
               Vector<(given 0xffffffff:$base), (expect 5:$cause)>];
}
def LW : MemoryAccess<0b100011, "lw"> {
  let Doc = "rt = the word at the address.";
  let Sem = (seq (let_ $a, address), (set $rt, (load B32, $a)));
  let Tests = [Vector<(given 0x3c:$base, 4:$offset, 0x80ff7f01:$mem),
                      (expect 0x80ff7f01:$rt)>,
               Vector<(given 0x40:$base, 0x80ff7f01:$mem), (expect),
                      (fields 0:$rt)>,
               Vector<(given 0x42:$base), (expect 5:$cause)>,
               Vector<(given 0:$base, 0xfffc:$offset), (expect 6:$cause)>];
}
def LL : MemoryAccess<0b110000, "ll"> {
  let Doc = "rt = the word at the address. One machine has one thread, so "
            "nothing is linked.";
  let Sem = (seq (let_ $a, address), (set $rt, (load B32, $a)));
  let Tests = [Vector<(given 0x40:$base, 0x80ff7f01:$mem),
                      (expect 0x80ff7f01:$rt)>];
}

// Unaligned loads: the part of an unaligned word that lies in the aligned word
// around the address. `shift` is 8 times the address's place in that word.
defvar alignedAddress = (and $unaligned, 0xfffffffc);
defvar shiftRight = (lo5 (shl (and $unaligned, 3), 3));
defvar shiftLeft = (lo5 (xor (shl (and $unaligned, 3), 3), 24));

def LWL : MemoryAccess<0b100010, "lwl"> {
  let Doc = "The bytes from the aligned word's lowest up to the addressed one "
            "become the most significant bytes of rt; the others stay.";
  let Sem = (seq (let_ $unaligned, address), (let_ $a, alignedAddress),
                 (let_ $shift, shiftLeft),
                 (set $rt, (or (shl (load B32, $a), $shift),
                               (and $rt, (not (shl 0xffffffff, $shift))))));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x11bbccdd:$rt)>,
               Vector<(given 0x41:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x2211ccdd:$rt)>,
               Vector<(given 0x42:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x332211dd:$rt)>,
               Vector<(given 0x43:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x44332211:$rt)>];
}
def LWR : MemoryAccess<0b100110, "lwr"> {
  let Doc = "The bytes from the addressed one up to the aligned word's highest "
            "become the least significant bytes of rt; the others stay.";
  let Sem = (seq (let_ $unaligned, address), (let_ $a, alignedAddress),
                 (let_ $shift, shiftRight),
                 (set $rt, (or (lshr (load B32, $a), $shift),
                               (and $rt, (not (lshr 0xffffffff, $shift))))));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x44332211:$rt)>,
               Vector<(given 0x41:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xaa443322:$rt)>,
               Vector<(given 0x42:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xaabb4433:$rt)>,
               Vector<(given 0x43:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xaabbcc44:$rt)>];
}

//===- Stores -------------------------------------------------------------===//

def SB : MemoryAccess<0b101000, "sb"> {
  let Doc = "The byte at the address = the low byte of rt.";
  let Sem = (seq (let_ $a, address), (store B8, $a, (lo8 $rt)));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x443322dd:$mem)>,
               Vector<(given 0x43:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xdd332211:$mem)>,
               Vector<(given 0xffffffff:$base), (expect 8:$cause)>];
}
def SH : MemoryAccess<0b101001, "sh"> {
  let Doc = "The halfword at the address = the low halfword of rt.";
  let Sem = (seq (let_ $a, address), (store B16, $a, (lo16 $rt)));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x4433ccdd:$mem)>,
               Vector<(given 0x42:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xccdd2211:$mem)>,
               Vector<(given 0x43:$base), (expect 7:$cause)>];
}
def SW : MemoryAccess<0b101011, "sw"> {
  let Doc = "The word at the address = rt.";
  let Sem = (seq (let_ $a, address), (store B32, $a, $rt));
  let Tests = [Vector<(given 0x48:$base, 0xfff8:$offset, 0xaabbccdd:$rt),
                      (expect 0xaabbccdd:$mem)>,
               Vector<(given 0x41:$base), (expect 7:$cause)>,
               Vector<(given 0x80000000:$base), (expect 8:$cause)>];
}
def SC : MemoryAccess<0b111000, "sc"> {
  let Doc = "The word at the address = rt; then rt = 1: it always succeeds, also "
            "where no ll of the same address came before (UNPREDICTABLE).";
  let Sem = (seq (let_ $a, address), (store B32, $a, $rt), (set $rt, 1));
  let Tests = [Vector<(given 0x40:$base, 0xaabbccdd:$rt),
                      (expect 0xaabbccdd:$mem, 1:$rt)>];
}
def SWL : MemoryAccess<0b101010, "swl"> {
  let Doc = "The most significant bytes of rt are stored from the aligned "
            "word's lowest byte up to the addressed one.";
  let Sem = (seq (let_ $unaligned, address), (let_ $a, alignedAddress),
                 (let_ $shift, shiftLeft),
                 (store B32, $a,
                        (or (lshr $rt, $shift),
                            (and (load B32, $a),
                                 (not (lshr 0xffffffff, $shift))))));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x443322aa:$mem)>,
               Vector<(given 0x41:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x4433aabb:$mem)>,
               Vector<(given 0x42:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0x44aabbcc:$mem)>,
               Vector<(given 0x43:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xaabbccdd:$mem)>];
}
def SWR : MemoryAccess<0b101110, "swr"> {
  let Doc = "The least significant bytes of rt are stored from the addressed "
            "byte up to the aligned word's highest.";
  let Sem = (seq (let_ $unaligned, address), (let_ $a, alignedAddress),
                 (let_ $shift, shiftRight),
                 (store B32, $a,
                        (or (shl $rt, $shift),
                            (and (load B32, $a),
                                 (not (shl 0xffffffff, $shift))))));
  let Tests = [Vector<(given 0x40:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xaabbccdd:$mem)>,
               Vector<(given 0x41:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xbbccdd11:$mem)>,
               Vector<(given 0x42:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xccdd2211:$mem)>,
               Vector<(given 0x43:$base, 0x44332211:$mem, 0xaabbccdd:$rt),
                      (expect 0xdd332211:$mem)>];
}
def PREF : Instruction<"pref $hint, $offset($base)"> {
  bits<5> base;
  bits<5> hint;
  bits<16> offset;
  let Inst{31-26} = 0b110011;
  let Inst{25-21} = base;
  let Inst{20-16} = hint;
  let Inst{15-0} = offset;
  let Doc = "Does nothing, whatever the hint and the address: there is no cache, "
            "and PrepareForStore, which may clear a line in the manual, clears "
            "none.";
  let Tests = [Vector<(given 0xffffffff:$base), (expect)>];
}
def SYNCI : RegImm<0b11111, "synci $offset($base)"> {
  bits<5> base;
  bits<16> offset;
  let rs = base;
  let Inst{15-0} = offset;
  let Doc = "Does nothing: code does not change, and the address, one of code, "
            "is not checked.";
  let Tests = [Vector<(given 0xffffffff:$base), (expect)>];
}
