//===- CppValue.h - Values of C++ integer expressions -----------*- C++ -*-===//
//
// C++20 on a machine where int has 32 bits: promotions, usual arithmetic
// conversions, and what each operator means and when it means nothing.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_SMT_CPPVALUE_H
#define OPML_ISA_SMT_CPPVALUE_H

#include "Term.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace opml::isa::smt {

/// An integer type; bool has one bit.
struct CppType {
  unsigned width = 0;
  bool isSigned = false;

  bool operator==(const CppType &) const = default;
  std::string name() const;
};
inline constexpr CppType cppBool = {1, false}, cppInt = {32, true};

struct CppValue {
  Term term;
  CppType type;
};

/// Conversion, modulo 2^width; to bool, whether it is not zero.
CppValue convert(const CppValue &value, CppType type);
/// The value as a condition.
std::string condition(const CppValue &value);
/// The type that both operands of an arithmetic operator are converted to.
CppType commonType(CppType a, CppType b);
CppType promoted(CppType type);

/// Called with conditions under which an operator's behaviour is undefined.
using OnUndefined = llvm::function_ref<void(const std::string &)>;

/// Arithmetic, bitwise operators, shifts and comparisons.
CppValue applyBinary(llvm::StringRef op, CppValue a, CppValue b,
                     OnUndefined undefined);
/// `~`, `-` or `!`
CppValue applyUnary(char op, const CppValue &a, OnUndefined undefined);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_CPPVALUE_H
