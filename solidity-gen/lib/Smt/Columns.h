//===- Columns.h - What the columns of a primitive mean ---------*- C++ -*-===//
//
// Each column is parsed and read as a bit-vector term. `operands` are the terms
// that stand for $0, $1 …. A mistake is an error that says what was wrong.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_SMT_COLUMNS_H
#define OPML_ISA_SMT_COLUMNS_H

#include "CallSyntax.h"
#include "Term.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <vector>

namespace opml::isa::smt {

/// The Smt column. Divisions become those of the prelude.
llvm::Expected<Term> readSmt(llvm::StringRef column,
                             llvm::ArrayRef<Term> operands);

/// The Yul column; operands and result are words of the EVM.
llvm::Expected<Term> readYul(llvm::StringRef column,
                             llvm::ArrayRef<Term> operands);

/// A Yul expression. `other` gives meaning to names that are no number, and to
/// calls of functions that are not the EVM's own; their arguments it reads
/// itself.
using YulNames =
    llvm::function_ref<llvm::Expected<std::optional<Term>>(const Call &)>;
llvm::Expected<Term> readYulCall(const Call &call, YulNames other);

/// A value together with the conditions under which there is none: undefined
/// behaviour in C++; undefined behaviour and poison in LLVM IR.
struct PartialTerm {
  Term value;
  std::vector<std::string> undefined;
};

/// The Cpp column: the value of its C++20 expression. An operand or a result of
/// B1 is a bool, of B64 a uint64_t, of others a uint32_t, whatever the type of
/// the terms in `operands`. The expression must have exactly that type and be
/// primary (a call, a name, or in parentheses), since text is put into text.
llvm::Expected<PartialTerm>
readCpp(llvm::StringRef column, llvm::ArrayRef<Term> operands, unsigned result);

/// A C++ expression over named uint32_t values, as a uint32_t; and a condition.
llvm::Expected<Term> readCppWord(llvm::StringRef text,
                                 const llvm::StringMap<Term> &names);
llvm::Expected<Term> readCppCondition(llvm::StringRef text,
                                      const llvm::StringMap<Term> &names);

/// The Ir column.
llvm::Expected<PartialTerm> readIr(llvm::StringRef column,
                                   llvm::ArrayRef<Term> operands);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_COLUMNS_H
