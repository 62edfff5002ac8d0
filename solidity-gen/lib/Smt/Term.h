//===- Term.h - SMT-LIB terms as text ---------------------------*- C++ -*-===//

#ifndef OPML_ISA_SMT_TERM_H
#define OPML_ISA_SMT_TERM_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>

namespace opml::isa::smt {

/// A bit vector of `width` bits, or a truth value, whose width is 0.
struct Term {
  std::string text;
  unsigned width = 0;
};

/// Bits of a word of the EVM.
inline constexpr unsigned wordBits = 256;

/// `value`, a decimal number, as a bit vector.
Term constant(const llvm::Twine &value, unsigned width);
/// (function a b …)
std::string apply(const llvm::Twine &function,
                  std::initializer_list<llvm::StringRef> arguments);
/// Widths may be equal; then the term stays as it is.
Term zeroExtend(const Term &term, unsigned width);
Term signExtend(const Term &term, unsigned width);
/// The lowest bits; `width` is at most the term's.
Term truncate(const Term &term, unsigned width);
Term extract(const Term &term, unsigned high, unsigned low);
/// A condition as a bit vector of `width` bits, 1 or 0.
Term fromCondition(const llvm::Twine &condition, unsigned width);

llvm::Error error(const llvm::Twine &message);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_TERM_H
