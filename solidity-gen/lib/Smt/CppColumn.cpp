//===- CppColumn.cpp - Reading C++ expressions ----------------------------===//

#include "Columns.h"
#include "CppValue.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <functional>

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

using CppNames = std::function<std::optional<CppValue>(StringRef name)>;

/// Binary operators from the loosest to the tightest. Where one is the
/// beginning of another, the longer one comes first.
constexpr std::initializer_list<StringLiteral> levels[] = {
    {"||"},
    {"&&"},
    {"|"},
    {"^"},
    {"&"},
    {"==", "!="},
    {"<=", ">=", "<", ">"},
    {"<<", ">>"},
    {"+", "-"},
    {"*", "/", "%"}};

class CppReader {
public:
  CppReader(StringRef text, CppNames names)
      : scanner(text), names(std::move(names)) {}

  Expected<CppValue> expression();
  Expected<CppValue> primary();
  bool atEnd() const { return scanner.atEnd(); }

  std::vector<std::string> undefined;

private:
  Expected<CppValue> binary(size_t level);
  Expected<CppValue> unary();
  Expected<CppValue> call(StringRef function);
  Expected<CppValue> name(StringRef word);
  std::optional<StringRef> eatOperator(size_t level);
  /// Reads an operand that is evaluated only under a condition.
  Expected<CppValue> guarded(const std::string &guard,
                             function_ref<Expected<CppValue>()> read);
  void noteUndefined(const std::string &when);

  Scanner scanner;
  CppNames names;
  std::vector<std::string> guards;
};

void CppReader::noteUndefined(const std::string &when) {
  undefined.push_back(
      guards.empty() ? when : "(and " + join(guards, " ") + " " + when + ")");
}

Expected<CppValue> CppReader::guarded(const std::string &guard,
                                      function_ref<Expected<CppValue>()> read) {
  guards.push_back(guard);
  Expected<CppValue> result = read();
  guards.pop_back();
  return result;
}

std::optional<StringRef> CppReader::eatOperator(size_t level) {
  for (StringRef op : levels[level]) {
    if (!scanner.startsWith(op))
      continue;
    // `|` is not the beginning of `||`, nor `<` of `<<`.
    StringRef after = scanner.remaining().drop_front(op.size());
    if (op.size() == 1 && (after.starts_with(op) || after.starts_with("=")))
      continue;
    scanner.eat(op);
    return op;
  }
  return std::nullopt;
}

Expected<CppValue> CppReader::expression() {
  Expected<CppValue> first = binary(0);
  if (!first || !scanner.eat("?"))
    return first;
  std::string chosen = condition(*first);
  Expected<CppValue> yes = guarded(chosen, [&] { return expression(); });
  if (!yes)
    return yes;
  if (Error failure = scanner.expect(":"))
    return failure;
  Expected<CppValue> no =
      guarded("(not " + chosen + ")", [&] { return expression(); });
  if (!no)
    return no;
  CppType type =
      yes->type == no->type ? yes->type : commonType(yes->type, no->type);
  return CppValue{{apply("ite", {chosen, convert(*yes, type).term.text,
                                 convert(*no, type).term.text}),
                   type.width},
                  type};
}

Expected<CppValue> CppReader::binary(size_t level) {
  if (level == std::size(levels))
    return unary();
  Expected<CppValue> left = binary(level + 1);
  while (left) {
    std::optional<StringRef> op = eatOperator(level);
    if (!op)
      return left;
    bool isLogical = *op == "&&" || *op == "||";
    std::string first = isLogical ? condition(*left) : "";
    Expected<CppValue> right =
        !isLogical ? binary(level + 1)
                   : guarded(*op == "&&" ? first : "(not " + first + ")",
                             [&] { return binary(level + 1); });
    if (!right)
      return right;
    if (isLogical)
      left = CppValue{
          fromCondition(
              apply(*op == "&&" ? "and" : "or", {first, condition(*right)}), 1),
          cppBool};
    else
      left = applyBinary(*op, *left, *right,
                         [&](const std::string &when) { noteUndefined(when); });
  }
  return left;
}

Expected<CppValue> CppReader::unary() {
  for (StringRef op : {"!", "~", "-"}) {
    if (!scanner.eat(op))
      continue;
    Expected<CppValue> operand = unary();
    if (!operand)
      return operand;
    return applyUnary(op.front(), *operand,
                      [&](const std::string &when) { noteUndefined(when); });
  }
  return primary();
}

Expected<CppValue> CppReader::primary() {
  if (scanner.eat("(")) {
    Expected<CppValue> inner = expression();
    if (inner)
      if (Error failure = scanner.expect(")"))
        return failure;
    return inner;
  }
  StringRef word = scanner.word();
  if (word.empty())
    return error("expected an expression before '" +
                 scanner.remaining().take_front(20) + "'");
  return scanner.eat("(") ? call(word) : name(word);
}

/// A literal has the first of int, unsigned, int64_t, uint64_t that holds it; a
/// decimal one without suffix is signed.
std::optional<CppValue> readLiteral(StringRef text) {
  bool isUnsigned = text.consume_back("ull") || text.consume_back("u");
  uint64_t value;
  if (text.getAsInteger(0, value))
    return std::nullopt;
  bool mayBeUnsigned = isUnsigned || text.starts_with("0x");
  for (CppType type :
       {cppInt, CppType{32, false}, CppType{64, true}, CppType{64, false}})
    if ((type.isSigned ? !isUnsigned : mayBeUnsigned) &&
        isUIntN(type.width - type.isSigned, value))
      return CppValue{constant(Twine(value), type.width), type};
  return std::nullopt;
}

Expected<CppValue> CppReader::name(StringRef word) {
  if (word == "true" || word == "false")
    return CppValue{constant(word == "true" ? "1" : "0", 1), cppBool};
  if (std::optional<CppValue> value = names(word))
    return *value;
  if (std::optional<CppValue> value = readLiteral(word))
    return *value;
  return error("unknown name '" + word + "'");
}

/// The type that a function-style cast converts to.
std::optional<CppType> castTo(StringRef name) {
  return StringSwitch<std::optional<CppType>>(name)
      .Case("bool", cppBool)
      .Cases({"int", "int32_t"}, cppInt)
      .Case("int8_t", CppType{8, true})
      .Case("int16_t", CppType{16, true})
      .Case("int64_t", CppType{64, true})
      .Case("uint8_t", CppType{8, false})
      .Case("uint16_t", CppType{16, false})
      .Case("uint32_t", CppType{32, false})
      .Case("uint64_t", CppType{64, false})
      .Default(std::nullopt);
}

/// std::rotr of an unsigned value; the amount counts modulo the width, a power
/// of two, for either sign.
CppValue rotateRight(const CppValue &value, const CppValue &amount) {
  unsigned width = value.type.width;
  std::string mask = constant(Twine(width - 1), width).text;
  std::string right =
      apply("bvand",
            {convert(amount, {width, amount.type.isSigned}).term.text, mask});
  std::string left = apply("bvand", {apply("bvneg", {right}), mask});
  return {{apply("bvor", {apply("bvlshr", {value.term.text, right}),
                          apply("bvshl", {value.term.text, left})}),
           width},
          value.type};
}

Expected<CppValue> CppReader::call(StringRef function) {
  std::vector<CppValue> arguments;
  do {
    Expected<CppValue> argument = expression();
    if (!argument)
      return argument;
    arguments.push_back(std::move(*argument));
  } while (scanner.eat(","));
  if (Error failure = scanner.expect(")"))
    return failure;
  const CppValue &first = arguments.front();
  std::optional<CppType> cast = castTo(function);
  if (cast && arguments.size() == 1)
    return convert(first, *cast);
  bool isWord = !first.type.isSigned && first.type.width >= 32;
  if (function == "std::countl_zero" && arguments.size() == 1 && isWord)
    return convert({{apply("clz." + Twine(first.type.width), {first.term.text}),
                     first.type.width},
                    first.type},
                   cppInt);
  if (function == "std::rotr" && arguments.size() == 2 && isWord)
    return rotateRight(first, convert(arguments[1], cppInt));
  return error("unknown function '" + function + "' of these operands");
}

/// How handlers hold a value of so many bits.
CppType storageType(unsigned bits) {
  return bits == 1 ? cppBool : CppType{bits == 64 ? 64u : 32u, false};
}

Expected<CppValue> readNamed(StringRef text, const StringMap<Term> &terms) {
  CppReader reader(text, [&](StringRef name) -> std::optional<CppValue> {
    auto found = terms.find(name);
    if (found == terms.end())
      return std::nullopt;
    return CppValue{found->second, {found->second.width, false}};
  });
  Expected<CppValue> value = reader.expression();
  if (value && !reader.atEnd())
    return error("text after the end of the expression");
  return value;
}

} // namespace

Expected<PartialTerm> smt::readCpp(StringRef column, ArrayRef<Term> operands,
                                   unsigned result) {
  CppReader reader(column, [&](StringRef name) -> std::optional<CppValue> {
    unsigned number;
    if (!name.consume_front("$") || name.getAsInteger(10, number))
      return std::nullopt;
    CppType type = storageType(operands[number].width);
    return CppValue{zeroExtend(operands[number], type.width), type};
  });
  Expected<CppValue> value = reader.primary();
  if (!value)
    return value.takeError();
  if (!reader.atEnd())
    return error("an expression with operators stands in parentheses");
  CppType type = storageType(result);
  if (!(value->type == type))
    return error("the expression is " + value->type.name() + ", expected " +
                 type.name());
  return PartialTerm{value->term, std::move(reader.undefined)};
}

Expected<Term> smt::readCppWord(StringRef text, const StringMap<Term> &names) {
  Expected<CppValue> value = readNamed(text, names);
  if (!value)
    return value.takeError();
  return convert(*value, {32, false}).term;
}

Expected<Term> smt::readCppCondition(StringRef text,
                                     const StringMap<Term> &names) {
  Expected<CppValue> value = readNamed(text, names);
  if (!value)
    return value.takeError();
  return Term{condition(*value), 0};
}
