//===- Spec.h - A checked instruction-set spec ------------------*- C++ -*-===//
//
// What vm/isa/*.td says, parsed and type-checked: emitters need not look at a
// TableGen record, nor report an error.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_SPEC_H
#define OPML_ISA_SPEC_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class RecordKeeper;
} // namespace llvm

namespace opml::isa {

/// One row of the primitives table. Types are numbers of bits.
struct Primitive {
  llvm::StringRef name, doc;
  unsigned result = 0;
  std::vector<unsigned> operands;
  llvm::StringRef cpp, yul, smt, ir;
  bool needsClean = true;
  bool makesDirty = false;
  llvm::ArrayRef<llvm::SMLoc> location; // in the .td file
};

struct Cause {
  llvm::StringRef name, doc;
  unsigned number = 0;
};

/// A register that a semantics names directly; number is -1 for HI and LO.
struct Register {
  llvm::StringRef name; // lower case: "hi", "lo", "ra" …
  int number = -1;
};

/// The number of the general register with that ABI name ("t0"), or -1.
int generalRegister(llvm::StringRef name);

/// A field of an instruction word: bits high..low.
struct Operand {
  llvm::StringRef name;
  llvm::StringRef text; // C++ for its assembly text
  unsigned high = 0, low = 0;
  bool isRegister = false;

  unsigned width() const { return high - low + 1; }
};

struct Expr {
  enum class Kind {
    Literal,  // literal
    Field,    // operand: the bits in the instruction word
    Content,  // operand: the content of the register that it names
    Register, // reg
    Pc,
    Variable, // name, bound by a Let statement before
    Apply,    // primitive, arguments
    Load,     // name: the variable that holds the address
  };
  Kind kind = Kind::Literal;
  unsigned type = 0;
  uint64_t literal = 0;
  const Operand *operand = nullptr;
  const Register *reg = nullptr;
  const Primitive *primitive = nullptr;
  llvm::StringRef name;
  std::vector<Expr> arguments;
};

struct Statement {
  enum class Kind {
    Let,    // name = value
    TrapIf, // traps with cause if value
    Set,    // operand or reg = value
    Store,  // memory at variable `name` = value
    Branch, // if condition, the instruction after the delay slot is at value;
            // if not and isLikely, the delay slot is nullified
    Halt,
  };
  Kind kind = Kind::Halt;
  llvm::StringRef name;
  const Cause *cause = nullptr;
  const Operand *operand = nullptr;
  const Register *reg = nullptr;
  Expr value, condition;
  bool isLikely = false;
};

/// The one place in data memory that an instruction touches.
struct MemoryAccess {
  llvm::StringRef address; // the variable that holds it
  unsigned width = 0;      // in bits
  bool loads = false, stores = false;
  size_t statement = 0; // index of the first statement with an access
};

/// One hand-worked execution, by name: see `class Vector` in Isa.td.
struct TestVector {
  std::map<std::string, uint64_t> pre, post, encoding;
};

struct Instruction {
  llvm::StringRef name;     // of the def
  llvm::StringRef assembly; // "addu $rd, $rs, $rt"
  llvm::StringRef mnemonic; // "addu"
  llvm::StringRef doc;
  uint32_t mask = 0, match = 0; // the fixed bits of the word
  std::vector<std::unique_ptr<Operand>> operands;
  std::vector<Statement> semantics;
  std::optional<MemoryAccess> access;
  std::vector<TestVector> tests;
  bool isExtension = false; // not of the architecture

  bool branches() const;
  /// Has a branch that nullifies its delay slot if it is not taken.
  bool nullifies() const;
  bool halts() const;
  /// The register operand that is written; null if there is none.
  const Operand *destination() const;
  const Operand *findOperand(llvm::StringRef operandName) const;
};

/// Instructions of the architecture that are left out, and why.
struct Omission {
  std::vector<llvm::StringRef> mnemonics;
  llvm::StringRef reason;
};

struct Spec {
  std::vector<std::unique_ptr<Primitive>> primitives;
  std::vector<std::unique_ptr<Cause>> causes; // by ascending number from 1
  std::vector<std::unique_ptr<Register>> registers;
  std::vector<std::unique_ptr<Instruction>> instructions; // as in the file
  std::vector<Omission> omissions;

  const Cause *findCause(llvm::StringRef name) const;
};

/// Reads and checks a spec. Mistakes are reported through llvm::PrintError with
/// their place in the .td file, as many as can be found; then there is none.
std::optional<Spec> readSpec(const llvm::RecordKeeper &records);

/// A decision tree over instruction words. An inner node looks at bits
/// high..low; a leaf lists candidates, whose fixed bits must all be compared
/// that were not looked at on the way.
struct DecodeTree {
  unsigned high = 0, low = 0;
  std::map<uint32_t, DecodeTree> children; // empty in a leaf
  struct Candidate {
    const Instruction *instruction;
    uint32_t mask, match; // what remains to be compared
  };
  std::vector<Candidate> candidates;
};
DecodeTree buildDecodeTree(const Spec &spec);

} // namespace opml::isa

#endif // OPML_ISA_SPEC_H
