//===- CppValue.cpp - Values of C++ integer expressions -------------------===//

#include "CppValue.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

std::string CppType::name() const {
  if (*this == cppBool)
    return "bool";
  return (isSigned ? "int" : "uint") + std::to_string(width) + "_t";
}

std::string smt::condition(const CppValue &value) {
  return apply("distinct",
               {value.term.text, constant("0", value.type.width).text});
}

CppValue smt::convert(const CppValue &value, CppType type) {
  if (type == value.type)
    return value;
  if (type == cppBool)
    return {fromCondition(condition(value), 1), type};
  if (type.width <= value.type.width)
    return {truncate(value.term, type.width), type};
  return {value.type.isSigned ? signExtend(value.term, type.width)
                              : zeroExtend(value.term, type.width),
          type};
}

CppType smt::promoted(CppType type) { return type.width < 32 ? cppInt : type; }

CppType smt::commonType(CppType a, CppType b) {
  a = promoted(a);
  b = promoted(b);
  if (a.width != b.width)
    return a.width > b.width ? a : b;
  return {a.width, a.isSigned && b.isSigned};
}

/// The least value of a signed type.
static std::string least(unsigned width) {
  SmallString<32> digits;
  APInt::getSignedMinValue(width).toStringUnsigned(digits);
  return constant(digits, width).text;
}

/// Whether signed `op` in twice the width differs from the result.
static std::string overflows(StringRef op, const CppValue &a, const CppValue &b,
                             const Term &result) {
  unsigned wide = 2 * a.type.width;
  std::string exact =
      apply(op, {signExtend(a.term, wide).text, signExtend(b.term, wide).text});
  return apply("distinct", {exact, signExtend(result, wide).text});
}

static CppValue shift(StringRef op, const CppValue &a, const CppValue &b,
                      OnUndefined undefined) {
  // Operands are promoted each for itself. A negative amount, as unsigned
  // number, is above every width.
  CppValue value = convert(a, promoted(a.type));
  unsigned width = value.type.width, wide = std::max(width, b.type.width);
  CppValue amount = convert(b, {wide, b.type.isSigned});
  undefined(
      apply("bvuge", {amount.term.text, constant(Twine(width), wide).text}));
  StringRef function = op == "<<"            ? "bvshl"
                       : value.type.isSigned ? "bvashr"
                                             : "bvlshr";
  Term result{
      apply(function, {value.term.text, truncate(amount.term, width).text}),
      width};
  return {result, value.type};
}

static CppValue divide(StringRef op, const CppValue &a, const CppValue &b,
                       OnUndefined undefined) {
  unsigned width = a.type.width;
  undefined(apply("=", {b.term.text, constant("0", width).text}));
  if (a.type.isSigned)
    undefined("(and (= " + a.term.text + " " + least(width) +
              ") (= " + apply("bvnot", {b.term.text}) + " " +
              constant("0", width).text + "))");
  std::string function = a.type.isSigned ? "s" : "u";
  function += op == "/" ? "div." : "rem.";
  function += std::to_string(width);
  return {{apply(function, {a.term.text, b.term.text}), width}, a.type};
}

/// The SMT-LIB function of a comparison.
static std::string comparison(StringRef op, bool isSigned) {
  std::string prefix = isSigned ? "bvs" : "bvu";
  return StringSwitch<std::string>(op)
      .Case("==", "=")
      .Case("!=", "distinct")
      .Case("<", prefix + "lt")
      .Case("<=", prefix + "le")
      .Case(">", prefix + "gt")
      .Case(">=", prefix + "ge")
      .Default("");
}

CppValue smt::applyBinary(StringRef op, CppValue a, CppValue b,
                          OnUndefined undefined) {
  if (op == "<<" || op == ">>")
    return shift(op, a, b, undefined);
  CppType type = commonType(a.type, b.type);
  a = convert(a, type);
  b = convert(b, type);
  if (op == "/" || op == "%")
    return divide(op, a, b, undefined);
  if (std::string compare = comparison(op, type.isSigned); !compare.empty())
    return {fromCondition(apply(compare, {a.term.text, b.term.text}), 1),
            cppBool};
  StringRef function = StringSwitch<StringRef>(op)
                           .Case("+", "bvadd")
                           .Case("-", "bvsub")
                           .Case("*", "bvmul")
                           .Case("&", "bvand")
                           .Case("|", "bvor")
                           .Default("bvxor");
  Term result{apply(function, {a.term.text, b.term.text}), type.width};
  if (type.isSigned && StringRef("+-*").contains(op))
    undefined(overflows(function, a, b, result));
  return {result, type};
}

CppValue smt::applyUnary(char op, const CppValue &a, OnUndefined undefined) {
  if (op == '!')
    return {fromCondition("(not " + condition(a) + ")", 1), cppBool};
  CppValue value = convert(a, promoted(a.type));
  if (op == '-' && value.type.isSigned)
    undefined(apply("=", {value.term.text, least(value.type.width)}));
  value.term.text = apply(op == '~' ? "bvnot" : "bvneg", {value.term.text});
  return value;
}
