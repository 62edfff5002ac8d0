//===- SmtColumn.cpp - Reading the Smt column -----------------------------===//
//
// A row is SMT-LIB already; it is read to check its sorts, and because division
// must become the function of the prelude that proofs can abstract.
//
//===----------------------------------------------------------------------===//

#include "Columns.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

class SmtReader {
public:
  SmtReader(StringRef text, ArrayRef<Term> operands)
      : rest(text.ltrim()), operands(operands) {}

  Expected<Term> term();
  bool atEnd() const { return rest.empty(); }

private:
  StringRef token();
  bool eat(StringRef text) {
    bool there = rest.consume_front(text);
    rest = rest.ltrim();
    return there;
  }
  Expected<Term> atom();
  Expected<Term> indexed();
  Expected<Term> application(StringRef function);
  Expected<std::vector<Term>> arguments();

  StringRef rest;
  ArrayRef<Term> operands;
};

StringRef SmtReader::token() {
  StringRef result = rest.take_while(
      [](char c) { return !isSpace(c) && c != '(' && c != ')'; });
  rest = rest.drop_front(result.size()).ltrim();
  return result;
}

Expected<Term> SmtReader::atom() {
  StringRef name = token();
  unsigned number;
  StringRef digits = name;
  if (digits.consume_front("$") && !digits.getAsInteger(10, number))
    return operands[number];
  if (name.starts_with("#b"))
    return Term{name.str(), unsigned(name.size() - 2)};
  if (name.starts_with("#x"))
    return Term{name.str(), unsigned(4 * (name.size() - 2))};
  return error("unknown name '" + name + "'");
}

Expected<std::vector<Term>> SmtReader::arguments() {
  std::vector<Term> result;
  while (!eat(")")) {
    if (atEnd())
      return error("missing ')'");
    Expected<Term> argument = term();
    if (!argument)
      return argument.takeError();
    result.push_back(std::move(*argument));
  }
  return result;
}

/// After "((_": an indexed function and its argument.
Expected<Term> SmtReader::indexed() {
  StringRef function = token(), first = token();
  StringRef second = function == "extract" ? token() : "";
  unsigned high, low = 0;
  if (first.getAsInteger(10, high) ||
      (function == "extract" && second.getAsInteger(10, low)) || !eat(")"))
    return error("'(_ " + function + " …)' needs numbers");
  Expected<std::vector<Term>> operand = arguments();
  if (!operand)
    return operand.takeError();
  if (operand->size() != 1)
    return error("'" + function + "' takes one operand");
  Term value = operand->front();
  if (function == "zero_extend")
    return zeroExtend(value, value.width + high);
  if (function == "sign_extend")
    return signExtend(value, value.width + high);
  if (function != "extract")
    return error("unknown function '" + function + "'");
  if (high >= value.width || low > high)
    return error("bits outside the operand of 'extract'");
  return extract(value, high, low);
}

enum class Shape { Unary, Binary, Division, Comparison, Unknown };

Shape shapeOf(StringRef function) {
  return StringSwitch<Shape>(function)
      .Cases({"bvnot", "bvneg"}, Shape::Unary)
      .Cases({"bvadd", "bvsub", "bvmul"}, Shape::Binary)
      .Cases({"bvand", "bvor", "bvxor"}, Shape::Binary)
      .Cases({"bvshl", "bvlshr", "bvashr"}, Shape::Binary)
      .Cases({"bvudiv", "bvurem", "bvsdiv", "bvsrem"}, Shape::Division)
      .Cases({"=", "bvult", "bvule", "bvugt", "bvuge"}, Shape::Comparison)
      .Cases({"bvslt", "bvsle", "bvsgt", "bvsge"}, Shape::Comparison)
      .Default(Shape::Unknown);
}

Expected<Term> SmtReader::application(StringRef function) {
  Expected<std::vector<Term>> read = arguments();
  if (!read)
    return read.takeError();
  const std::vector<Term> &a = *read;
  if (function == "ite" && a.size() == 3 && a[0].width == 0 &&
      a[1].width == a[2].width)
    return Term{apply("ite", {a[0].text, a[1].text, a[2].text}), a[1].width};
  if (function == "concat" && a.size() == 2)
    return Term{apply("concat", {a[0].text, a[1].text}),
                a[0].width + a[1].width};
  Shape shape = shapeOf(function);
  if (shape == Shape::Unknown && function != "ite" && function != "concat")
    return error("unknown function '" + function + "'");
  if (shape == Shape::Unary && a.size() == 1)
    return Term{apply(function, {a[0].text}), a[0].width};
  if (a.size() != 2 || a[0].width != a[1].width)
    return error("'" + function + "' does not fit its operands");
  if (shape == Shape::Division)
    return Term{apply(function.drop_front(2) + "." + Twine(a[0].width),
                      {a[0].text, a[1].text}),
                a[0].width};
  return Term{apply(function, {a[0].text, a[1].text}),
              shape == Shape::Comparison ? 0 : a[0].width};
}

Expected<Term> SmtReader::term() {
  if (!eat("("))
    return atom();
  if (eat("(")) {
    if (!eat("_"))
      return error("expected '_' after '(('");
    return indexed();
  }
  StringRef function = token();
  if (function != "_")
    return application(function);
  StringRef value = token(), width = token();
  unsigned bits;
  if (!value.consume_front("bv") || width.getAsInteger(10, bits) || !eat(")"))
    return error("expected a constant (_ bv… …)");
  return constant(value, bits);
}

} // namespace

Expected<Term> smt::readSmt(StringRef column, ArrayRef<Term> operands) {
  SmtReader reader(column, operands);
  Expected<Term> result = reader.term();
  if (result && !reader.atEnd())
    return error("text after the end of the expression");
  return result;
}
