//===- CallSyntax.h - Expressions made of calls -----------------*- C++ -*-===//
//
// Yul expressions, and the LLVM column with its calls to an IRBuilder, have the
// same syntax: names, numbers, calls, and lists in braces.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_SMT_CALLSYNTAX_H
#define OPML_ISA_SMT_CALLSYNTAX_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace opml::isa::smt {

/// `name`, `name(arguments…)`, or `{arguments…}`, which has the name "{".
struct Call {
  llvm::StringRef name;
  bool isCall = false;
  std::vector<Call> arguments;
};

/// Reads a text from left to right. Spaces, line ends and // comments
/// mean nothing.
class Scanner {
public:
  explicit Scanner(llvm::StringRef text) : rest(text) { skipSpace(); }

  bool atEnd() const { return rest.empty(); }
  bool startsWith(llvm::StringRef text) const { return rest.starts_with(text); }
  /// Skips `text` if it stands here.
  bool eat(llvm::StringRef text);
  llvm::Error expect(llvm::StringRef text);
  /// A name or number: letters, digits and any of `_.:$`; empty if none.
  llvm::StringRef word();
  llvm::Expected<Call> call();
  /// The text between this opening parenthesis and its closing one.
  llvm::Expected<llvm::StringRef> parenthesised();
  llvm::StringRef remaining() const { return rest; }

private:
  void skipSpace();
  llvm::Error readArguments(Call &call, llvm::StringRef close);

  llvm::StringRef rest;
};

/// The whole text as one expression.
llvm::Expected<Call> parseCall(llvm::StringRef text);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_CALLSYNTAX_H
