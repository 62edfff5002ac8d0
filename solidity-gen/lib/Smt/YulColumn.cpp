//===- YulColumn.cpp - Reading Yul expressions ----------------------------===//

#include "Columns.h"
#include "llvm/ADT/APInt.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

/// How many operands an opcode takes that the prelude defines; 0 if unknown.
static unsigned arity(StringRef opcode) {
  return StringSwitch<unsigned>(opcode)
      .Cases({"add", "sub", "mul", "div", "sdiv"}, 2)
      .Cases({"mod", "smod", "signextend", "byte"}, 2)
      .Cases({"and", "or", "xor", "shl", "shr", "sar"}, 2)
      .Cases({"lt", "gt", "slt", "sgt", "eq"}, 2)
      .Cases({"not", "iszero", "clz"}, 1)
      .Default(0);
}

static Expected<Term> readNumber(StringRef text) {
  APInt value;
  if (text.getAsInteger(0, value) || value.getActiveBits() > wordBits)
    return error("unknown name '" + text + "'");
  SmallString<80> digits;
  value.toStringUnsigned(digits);
  return constant(digits, wordBits);
}

/// Powers of two only: that is a shift, any other base is beyond bit-blasting.
static Expected<Term> readPower(const Call &call, YulNames other) {
  if (call.arguments.size() != 2 || call.arguments[0].name != "2")
    return error("'exp' is understood with base 2 only");
  Expected<Term> exponent = readYulCall(call.arguments[1], other);
  if (!exponent)
    return exponent;
  return Term{apply("evm.shl", {exponent->text, constant("1", wordBits).text}),
              wordBits};
}

Expected<Term> smt::readYulCall(const Call &call, YulNames other) {
  Expected<std::optional<Term>> known = other(call);
  if (!known)
    return known.takeError();
  if (*known)
    return **known;
  if (!call.isCall)
    return readNumber(call.name);
  if (call.name == "exp")
    return readPower(call, other);
  unsigned operands = arity(call.name);
  if (operands == 0)
    return error("unknown function '" + call.name + "'");
  if (operands != call.arguments.size())
    return error("'" + call.name + "' takes " + Twine(operands) +
                 " operands, got " + Twine(call.arguments.size()));
  std::string text = ("(evm." + call.name).str();
  for (const Call &argument : call.arguments) {
    Expected<Term> operand = readYulCall(argument, other);
    if (!operand)
      return operand;
    text += " " + operand->text;
  }
  return Term{text + ")", wordBits};
}

Expected<Term> smt::readYul(StringRef column, ArrayRef<Term> operands) {
  Expected<Call> call = parseCall(column);
  if (!call)
    return call.takeError();
  return readYulCall(*call,
                     [&](const Call &leaf) -> Expected<std::optional<Term>> {
                       StringRef name = leaf.name;
                       unsigned number;
                       if (!name.consume_front("$") ||
                           name.getAsInteger(10, number) || leaf.isCall)
                         return std::nullopt;
                       return operands[number];
                     });
}
