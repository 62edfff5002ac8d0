//===- Mips32.td - MIPS32 release 2, user-mode integer instructions -------===//
//
// Little-endian, soft float, delay slots. Sections and page titles refer to
// "MIPS32 Architecture For Programmers, Volume II: The MIPS32 Instruction
// Set" (MD00086). Where that leaves something UNPREDICTABLE, the instruction's
// Doc says what happens here. A word that no instruction below encodes,
// non-zero must-be-zero fields included, is the reserved instruction.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_MIPS32
#define OPML_MIPS32

include "Primitives.td"

//===- Trap causes, in the order of the checks of a step ------------------===//

def MisalignedFetch : Cause<1, "pc is not a multiple of 4.">;
def FetchOutOfRange : Cause<2, "pc is outside the code tree.">;
def ReservedInstruction : Cause<3, "The word encodes no instruction.">;
def BranchInDelaySlot
    : Cause<4, "A branch or jump, taken or not, whose nextPc is not pc + 4.">;
def MisalignedLoad
    : Cause<5, "The address of a load is not a multiple of its width.">;
def LoadOutOfRange
    : Cause<6, "The address of a load is outside data memory.">;
def MisalignedStore
    : Cause<7, "The address of a store is not a multiple of its width.">;
def StoreOutOfRange
    : Cause<8, "The address of a store is outside data memory.">;
def IntegerOverflow : Cause<9, "add, addi or sub overflowed.">;
def TrapTaken : Cause<10, "The condition of a trap instruction held.">;
def Breakpoint : Cause<11, "break was executed.">;
def UnknownSystemCall
    : Cause<12, "syscall was executed with $v0 other than 4001.">;

//===- Operands -----------------------------------------------------------===//

def rs : RegisterOperand;
def rt : RegisterOperand;
def rd : RegisterOperand;
def base : RegisterOperand;

class Signed<Type type, string cpp> : Operand<type, "decimal(" # cpp # ")">;
class Unsigned<Type type> : Operand<type, "decimal(value)">;
def imm : Signed<B16, "int16_t(value)">;
def offset : Signed<B16, "int16_t(value)">;
def uimm : Operand<B16, "hexadecimal(value)">;
def sa : Unsigned<B5>;
def lsb : Unsigned<B5>;
def msbd : Operand<B5, "decimal(value + 1)">;
def msb : Operand<B5, "decimal(int(value) - int(word >> 6 & 31) + 1)">;
def stype : Unsigned<B5>;
def hint : Unsigned<B5>;
def code10 : Unsigned<B10>;
def code20 : Unsigned<B20>;
/// Counted in words from the delay slot.
def distance
    : Operand<B16, "hexadecimal(pc + 4 + uint32_t(int16_t(value)) * 4)">;
/// Bits 27..2 of the destination, the upper ones are the delay slot's.
def index : Operand<B26, "hexadecimal(((pc + 4) & 0xf0000000) | value << 2)">;

//===- Formats ------------------------------------------------------------===//

class SpecialBase<bits<6> opcode, bits<6> function, string assembly>
    : Instruction<assembly> {
  let Inst{31-26} = opcode;
  let Inst{5-0} = function;
}

/// SPECIAL and SPECIAL2: register, register, register.
class R<bits<6> function, string assembly, bits<6> opcode = 0b000000>
    : SpecialBase<opcode, function, assembly> {
  bits<5> rs;
  bits<5> rt;
  bits<5> rd;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
  let Inst{15-11} = rd;
  let Inst{10-6} = 0;
}

/// Shifts by a constant; bit 21 tells rotates from logical right shifts.
class Shift<bits<6> function, string assembly, bit rotates = 0>
    : SpecialBase<0b000000, function, assembly> {
  bits<5> rt;
  bits<5> rd;
  bits<5> sa;
  let Inst{25-22} = 0;
  let Inst{21} = rotates;
  let Inst{20-16} = rt;
  let Inst{15-11} = rd;
  let Inst{10-6} = sa;
}

/// Shifts by a register; bit 6 tells rotates from logical right shifts.
class ShiftVariable<bits<6> function, string assembly, bit rotates = 0>
    : SpecialBase<0b000000, function, assembly> {
  bits<5> rs;
  bits<5> rt;
  bits<5> rd;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
  let Inst{15-11} = rd;
  let Inst{10-7} = 0;
  let Inst{6} = rotates;
}

class ImmediateBase<bits<6> opcode, string assembly> : Instruction<assembly> {
  bits<5> rs;
  bits<5> rt;
  let Inst{31-26} = opcode;
  let Inst{25-21} = rs;
  let Inst{20-16} = rt;
}
class SignedImmediate<bits<6> opcode, string assembly>
    : ImmediateBase<opcode, assembly> {
  bits<16> imm;
  let Inst{15-0} = imm;
}
class UnsignedImmediate<bits<6> opcode, string assembly>
    : ImmediateBase<opcode, assembly> {
  bits<16> uimm;
  let Inst{15-0} = uimm;
}
class Branch<bits<6> opcode, string assembly>
    : ImmediateBase<opcode, assembly> {
  bits<16> distance;
  let Inst{15-0} = distance;
}

/// REGIMM: one register, compared with zero; rt holds a minor opcode.
class RegImm<bits<5> minor, string assembly> : Instruction<assembly> {
  bits<5> rs;
  let Inst{31-26} = 0b000001;
  let Inst{25-21} = rs;
  let Inst{20-16} = minor;
}

class MemoryAccess<bits<6> opcode, string mnemonic>
    : Instruction<mnemonic # " $rt, $offset($base)"> {
  bits<5> base;
  bits<5> rt;
  bits<16> offset;
  let Inst{31-26} = opcode;
  let Inst{25-21} = base;
  let Inst{20-16} = rt;
  let Inst{15-0} = offset;
}

include "Mips32Alu.td"
include "Mips32MultiplyDivide.td"
include "Mips32Branch.td"
include "Mips32Memory.td"
include "Mips32System.td"

#endif // OPML_MIPS32
