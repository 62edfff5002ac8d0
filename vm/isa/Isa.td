//===- Isa.td - The vocabulary of an instruction-set spec -----------------===//
//
// Base classes that opml-isa-gen understands. Primitives.td fills in the
// expression language, Mips32.td the instructions.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA
#define OPML_ISA

/// The type of an expression: an unsigned number of that many bits.
class Type<int width> {
  int Bits = width;
}
def B1 : Type<1>;
def B5 : Type<5>;
def B8 : Type<8>;
def B10 : Type<10>;
def B16 : Type<16>;
def B20 : Type<20>;
def B26 : Type<26>;
def B32 : Type<32>;
def B64 : Type<64>;

/// An operation of the expression language: one row, one column per target.
/// `$n` stands for the n-th operand. A primitive is total: it has one result
/// for all operands, the same in all columns.
///
/// Yul computes in 256-bit words. A word is clean if all bits above its type
/// are zero. In all other columns every value is clean.
class Primitive<Type result, list<Type> operands> {
  Type Result = result;
  list<Type> Operands = operands;
  string Doc = "";
  string Cpp = "";
  string Yul = "";
  string Smt = "";
  string Ir = "";
  /// The Yul column is right for clean operands only: mask them first.
  bit NeedsClean = 1;
  /// The Yul column's result may have garbage above its type.
  bit MakesDirty = 0;
}

/// What a semantics is written in, beside primitives.
///
///   (seq s...)             the statements in order
///   (let_ $x, e)           names a value
///   (trap_if c, Cause)     traps with that cause if c; before any effect
///   (set R, e)             writes a register: $rd, HI, LO or RA
///   (store T, $a, e)       writes a byte, halfword or word at address $a
///   (branch c, e)          if c, the instruction after the delay slot is at e
///   (branch_likely c, e)   the same; if not c, the delay slot is nullified: the
///                          next step is that of the instruction behind it
///   (halt)                 status becomes halted, nothing else changes
///   (load T, $a)           an expression: reads memory at address $a
///
/// Operands, HI, LO, RA, V0 and $pc (the instruction's own address) read as
/// they were before the instruction, in whatever order statements stand. $a is
/// a name bound by let_. An access is preceded by its checks: aligned to its
/// width, inside data memory. All accesses of an instruction have one address
/// and one width. An instruction with a branch traps in a delay slot.
class Form;
def seq : Form;
def let_ : Form;
def trap_if : Form;
def set : Form;
def store : Form;
def branch : Form;
def branch_likely : Form;
def halt : Form;
def load : Form;

/// A register that a semantics names directly.
class Register<string name, int number> {
  string Name = name;
  int Number = number; // -1 for those outside the general registers
}
def HI : Register<"hi", -1>;
def LO : Register<"lo", -1>;
def V0 : Register<"v0", 2>;
def RA : Register<"ra", 31>;

/// A field of the instruction word, found by the name of the `bits` field that
/// holds it. Text is C++ for its assembly text, from `value`, `word` and `pc`.
class Operand<Type type, string text> {
  Type FieldType = type;
  string Text = text;
  bit IsRegister = 0; // then it reads as the register's content
}
class RegisterOperand : Operand<B5, "registerName(value)"> {
  let IsRegister = 1;
}

/// Why a machine trapped; numbers are part of the state's encoding.
class Cause<int number, string doc> {
  int Number = number;
  string Doc = doc;
}

/// One execution with its outcome worked out by hand from the architecture
/// manual. Names: an operand (a register operand's is its content), hi, lo, a
/// general register (v0, ra …), mem (the data word at address 0x40), pc, and in
/// `expect` also nextPc, cause and halted. Fields and pc that `given` leaves out
/// are 0 and 0x80, all else gets some value of no meaning. What `expect` leaves
/// out is unchanged; after a step without a trap or halt, pc and nextPc have
/// moved on by 4. Register operands use rs = $t0, rt = $t1, rd = $t2 unless
/// `fields` says otherwise. Data memory has 256 bytes.
def given;
def expect;
def fields;
class Vector<dag pre, dag post, dag encoding = (fields)> {
  dag Pre = pre;
  dag Post = post;
  dag Encoding = encoding;
}

/// Instructions of the architecture that the machine does not have, by their
/// mnemonics, and why. Their words are reserved, unless another instruction has
/// them.
class Omission<list<string> mnemonics, string reason> {
  list<string> Mnemonics = mnemonics;
  string Reason = reason;
}

/// An instruction: encoding, assembly, meaning, prose and tests in one place.
/// Bits of Inst that no named field holds must have the value given.
class Instruction<string assembly> {
  bits<32> Inst;
  string Assembly = assembly;
  string Doc = "";
  dag Sem = (seq);
  list<Vector> Tests = [];
  /// Not of the architecture: other assemblers and processors do not know it.
  bit IsExtension = 0;
}

#endif // OPML_ISA
