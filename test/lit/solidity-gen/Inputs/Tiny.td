// What every spec needs beside its instructions, for the specs of the tests.
include "Primitives.td"

def MisalignedFetch : Cause<1, "">;
def FetchOutOfRange : Cause<2, "">;
def ReservedInstruction : Cause<3, "">;
def BranchInDelaySlot : Cause<4, "">;
def MisalignedLoad : Cause<5, "">;
def LoadOutOfRange : Cause<6, "">;
def MisalignedStore : Cause<7, "">;
def StoreOutOfRange : Cause<8, "">;
def Overflow : Cause<9, "">;

def rs : RegisterOperand;
def rt : RegisterOperand;
def imm : Operand<B16, "decimal(value)">;

class Tiny<bits<6> opcode, string assembly = "tiny $rt, $rs, $imm">
    : Instruction<assembly> {
  bits<5> rs;
  bits<5> rt;
  bits<16> imm;
  let Inst{31-26} = opcode;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
  let Inst{15-0} = imm;
  let Doc = "Does something.";
  let Tests = [Vector<(given), (expect)>];
}
