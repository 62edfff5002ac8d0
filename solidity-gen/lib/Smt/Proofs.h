//===- Proofs.h - The obligations, by what they are about -------*- C++ -*-===//

#ifndef OPML_ISA_SMT_PROOFS_H
#define OPML_ISA_SMT_PROOFS_H

#include "Term.h"
#include "opml/isa/Spec.h"
#include "llvm/Support/raw_ostream.h"

namespace opml::isa::smt {

/// Writes obligations as SMT-LIB: each must be found unsatisfiable.
class ObligationWriter {
public:
  explicit ObligationWriter(llvm::raw_ostream &os) : os(os) {}

  /// That `claim`, a condition over what `declarations` declare, always holds.
  void prove(const llvm::Twine &name, llvm::StringRef declarations,
             llvm::StringRef claim);

private:
  llvm::raw_ostream &os;
};

/// (declare-const name (_ BitVec width)); returns the constant.
Term declare(const llvm::Twine &name, unsigned width, std::string &to);
/// (define-fun name () … value); returns the name.
Term define(const llvm::Twine &name, const Term &value, std::string &to);
std::string equation(const Term &a, const Term &b);
/// The conjunction; true if there are no claims.
std::string conjunction(llvm::ArrayRef<std::string> claims);

/// What Prelude.cpp takes for granted about division.
void proveLemmas(ObligationWriter &writer);

/// That all columns of a row agree. Reports a column that cannot be read, with
/// its place in the .td file, and then returns false.
bool provePrimitive(const Primitive &primitive, ObligationWriter &writer);

/// Widths of accesses to data memory, in bits.
inline constexpr unsigned accessWidths[] = {8, 16, 32};

/// Definitions that stand for the contract's hand-written functions, and proofs
/// that these are as defined.
void printFrame(llvm::raw_ostream &os);
llvm::Error proveFrame(ObligationWriter &writer);

/// That the emitted Yul function has the effects that Sem says. An error means
/// that the emitted text cannot be compared.
llvm::Error proveInstruction(const Spec &spec, const Instruction &instruction,
                             ObligationWriter &writer);

/// That no word is two instructions, and that the emitted decoders select each
/// instruction for just the words with its fixed bits.
llvm::Error proveDecoders(const Spec &spec, ObligationWriter &writer);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_PROOFS_H
