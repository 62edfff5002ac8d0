//===- Term.cpp - SMT-LIB terms as text -----------------------------------===//

#include "Term.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

Term smt::constant(const Twine &value, unsigned width) {
  return {("(_ bv" + value + " " + Twine(width) + ")").str(), width};
}

std::string smt::apply(const Twine &function,
                       std::initializer_list<StringRef> arguments) {
  std::string text = "(" + function.str();
  for (StringRef argument : arguments)
    text += " " + argument.str();
  return text + ")";
}

Term smt::zeroExtend(const Term &term, unsigned width) {
  if (term.width == width)
    return term;
  return {formatv("((_ zero_extend {0}) {1})", width - term.width, term.text),
          width};
}

Term smt::signExtend(const Term &term, unsigned width) {
  if (term.width == width)
    return term;
  return {formatv("((_ sign_extend {0}) {1})", width - term.width, term.text),
          width};
}

Term smt::extract(const Term &term, unsigned high, unsigned low) {
  return {formatv("((_ extract {0} {1}) {2})", high, low, term.text),
          high - low + 1};
}

Term smt::truncate(const Term &term, unsigned width) {
  return term.width == width ? term : extract(term, width - 1, 0);
}

Term smt::fromCondition(const Twine &condition, unsigned width) {
  return {apply("ite", {condition.str(), constant("1", width).text,
                        constant("0", width).text}),
          width};
}

Error smt::error(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}
