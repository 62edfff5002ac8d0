//===- YulProgram.h - Reading and running emitted Yul -----------*- C++ -*-===//
//
// The statements that the contract is made of, run on symbolic words. Loops and
// functions with more than one result are not understood.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_SMT_YULPROGRAM_H
#define OPML_ISA_SMT_YULPROGRAM_H

#include "CallSyntax.h"
#include "Term.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <functional>
#include <string>
#include <vector>

namespace opml::isa::smt {

struct YulStatement {
  enum class Kind {
    Assign, // name := value, also with `let`
    If,     // if value { body }
    Switch, // switch value, with cases
    Call,   // value
  };
  Kind kind = Kind::Call;
  llvm::StringRef name;
  Call value;
  std::vector<YulStatement> body;
  std::vector<std::pair<Call, std::vector<YulStatement>>> cases;
};

/// The statements up to a closing brace or the end of the text.
llvm::Expected<std::vector<YulStatement>> parseYul(Scanner &scanner);

struct YulFunction {
  std::vector<llvm::StringRef> parameters;
  llvm::StringRef result; // empty if it has none
  std::vector<YulStatement> body;
};

/// The function of that name in a text with many.
llvm::Expected<YulFunction> findFunction(llvm::StringRef contract,
                                         llvm::StringRef name);

/// A call made for what it does, with its arguments as words.
struct Effect {
  std::string name;
  std::vector<Term> arguments;
  std::optional<Term> condition; // the word after `if`, none if always
};

/// Runs statements; every value it names becomes a define-fun.
class YulRun {
public:
  /// Definitions are appended to `declarations`, with names of `prefix`.
  YulRun(llvm::StringRef prefix, std::string &declarations)
      : prefix(prefix), declarations(declarations) {}

  using Meaning = std::function<Term(llvm::ArrayRef<Term>)>;
  /// What a call of a function means that is not the EVM's own.
  llvm::StringMap<Meaning> functions;
  /// Where functions without an entry above are looked up, to be run.
  llvm::StringRef contract;

  void bind(llvm::StringRef name, const Term &value);
  llvm::Expected<Term> read(const Call &call);
  llvm::Error run(llvm::ArrayRef<YulStatement> statements);
  /// The result of a function of the contract.
  llvm::Expected<Term> callFunction(llvm::StringRef name,
                                    llvm::ArrayRef<Term> arguments);

  std::vector<Effect> effects;

private:
  llvm::Expected<std::optional<Term>> readOther(const Call &call);
  llvm::Expected<std::vector<Term>> readArguments(const Call &call);
  llvm::Error addEffect(const YulStatement &statement,
                        std::optional<Term> condition);
  /// A statement after `if`.
  llvm::Error runConditional(const YulStatement &statement,
                             const Term &condition);

  std::string prefix;
  std::string &declarations;
  llvm::StringMap<Term> variables;
  unsigned definitions = 0;
};

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_YULPROGRAM_H
