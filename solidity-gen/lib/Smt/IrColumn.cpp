//===- IrColumn.cpp - Reading calls to an IRBuilder -----------------------===//
//
// The column is C++ that builds LLVM IR; what it builds is read here. Undefined
// behaviour and poison count alike: neither may come up for any operands.
//
//===----------------------------------------------------------------------===//

#include "Columns.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

class IrReader {
public:
  explicit IrReader(ArrayRef<Term> operands) : operands(operands) {}

  Expected<Term> value(const Call &call);
  std::vector<std::string> undefined;

private:
  Expected<std::vector<Term>> values(ArrayRef<Call> calls);
  Expected<Term> binary(StringRef function, const Call &call);
  Expected<Term> shift(StringRef function, const Call &call);
  Expected<Term> comparison(StringRef function, const Call &call);
  Expected<Term> cast(StringRef function, const Call &call);
  Expected<Term> division(const Call &call);
  Expected<Term> leadingZeros(const Call &call);
  Expected<Term> funnelShift(const Call &call);

  ArrayRef<Term> operands;
};

Error misuse(const Call &call) {
  return error("'" + call.name + "' does not fit its operands");
}

/// B.getInt32Ty(), B.getIntNTy(5); 0 if it is no integer type.
unsigned typeWidth(const Call &call) {
  StringRef name = call.name;
  unsigned width = 0;
  if (!call.isCall || !name.consume_front("B.getInt") ||
      !name.consume_back("Ty"))
    return 0;
  StringRef digits = name;
  if (name == "N" && call.arguments.size() == 1)
    digits = call.arguments.front().name;
  return digits.getAsInteger(10, width) ? 0 : width;
}

Expected<std::vector<Term>> IrReader::values(ArrayRef<Call> calls) {
  std::vector<Term> result;
  for (const Call &call : calls) {
    Expected<Term> term = value(call);
    if (!term)
      return term.takeError();
    result.push_back(std::move(*term));
  }
  return result;
}

Expected<Term> IrReader::binary(StringRef function, const Call &call) {
  Expected<std::vector<Term>> a = values(call.arguments);
  if (!a)
    return a.takeError();
  if (a->size() != 2 || (*a)[0].width != (*a)[1].width)
    return misuse(call);
  return Term{apply(function, {(*a)[0].text, (*a)[1].text}), (*a)[0].width};
}

/// The amount may be a number. One of the width or more gives poison.
Expected<Term> IrReader::shift(StringRef function, const Call &call) {
  if (call.arguments.size() != 2)
    return misuse(call);
  Expected<Term> a = value(call.arguments[0]);
  if (!a)
    return a;
  unsigned number;
  Expected<Term> amount =
      call.arguments[1].name.getAsInteger(0, number)
          ? value(call.arguments[1])
          : Expected<Term>(constant(Twine(number), a->width));
  if (!amount)
    return amount;
  if (amount->width != a->width)
    return misuse(call);
  undefined.push_back(
      apply("bvuge", {amount->text, constant(Twine(a->width), a->width).text}));
  return Term{apply(function, {a->text, amount->text}), a->width};
}

Expected<Term> IrReader::comparison(StringRef function, const Call &call) {
  Expected<Term> result = binary(function, call);
  if (!result)
    return result;
  return fromCondition(result->text, 1);
}

Expected<Term> IrReader::cast(StringRef function, const Call &call) {
  if (call.arguments.size() != 2)
    return misuse(call);
  Expected<Term> a = value(call.arguments[0]);
  if (!a)
    return a;
  unsigned to = typeWidth(call.arguments[1]);
  bool narrows = function == "Trunc";
  if (to == 0 || (narrows ? to >= a->width : to <= a->width))
    return misuse(call);
  return narrows              ? truncate(*a, to)
         : function == "ZExt" ? zeroExtend(*a, to)
                              : signExtend(*a, to);
}

/// guardedDivision(B, Instruction::SDiv, a, b): 0 where b is 0, and the result
/// modulo 2^32 of -2^31 / -1. The translator defines it so.
Expected<Term> IrReader::division(const Call &call) {
  if (call.arguments.size() != 4)
    return misuse(call);
  Expected<std::vector<Term>> a =
      values(ArrayRef(call.arguments).drop_front(2));
  if (!a)
    return a.takeError();
  StringRef function = StringSwitch<StringRef>(call.arguments[1].name)
                           .Case("Instruction::UDiv", "udiv.32")
                           .Case("Instruction::URem", "urem.32")
                           .Case("Instruction::SDiv", "sdiv.32")
                           .Case("Instruction::SRem", "srem.32")
                           .Default("");
  if (function.empty() || (*a)[0].width != 32 || (*a)[1].width != 32)
    return misuse(call);
  std::string zero = constant("0", 32).text;
  return Term{apply("ite", {apply("=", {(*a)[1].text, zero}), zero,
                            apply(function, {(*a)[0].text, (*a)[1].text})}),
              32};
}

/// CreateBinaryIntrinsic(Intrinsic::ctlz, a, false): defined for 0 too.
Expected<Term> IrReader::leadingZeros(const Call &call) {
  if (call.arguments.size() != 3 ||
      call.arguments[0].name != "Intrinsic::ctlz" ||
      call.arguments[2].name != "B.getFalse")
    return misuse(call);
  Expected<Term> a = value(call.arguments[1]);
  if (!a)
    return a;
  if (a->width != 32 && a->width != 64)
    return misuse(call);
  return Term{apply("clz." + Twine(a->width), {a->text}), a->width};
}

/// CreateIntrinsic(Intrinsic::fshr, {type}, {high, low, amount}): the lower
/// half of high:low shifted right by the amount modulo the width.
Expected<Term> IrReader::funnelShift(const Call &call) {
  if (call.arguments.size() != 3 ||
      call.arguments[0].name != "Intrinsic::fshr" ||
      call.arguments[1].arguments.size() != 1)
    return misuse(call);
  Expected<std::vector<Term>> a = values(call.arguments[2].arguments);
  if (!a)
    return a.takeError();
  unsigned width = typeWidth(call.arguments[1].arguments.front());
  if (a->size() != 3 || width == 0 ||
      any_of(*a, [&](const Term &term) { return term.width != width; }))
    return misuse(call);
  std::string amount =
      apply("bvurem", {(*a)[2].text, constant(Twine(width), width).text});
  Term both{apply("concat", {(*a)[0].text, (*a)[1].text}), 2 * width};
  return truncate(
      {apply("bvlshr",
             {both.text, zeroExtend({amount, width}, 2 * width).text}),
       2 * width},
      width);
}

/// The SMT-LIB function of a two-operand instruction, `Shl` for CreateShl.
StringRef arithmeticFunction(StringRef name) {
  return StringSwitch<StringRef>(name)
      .Case("Add", "bvadd")
      .Case("Sub", "bvsub")
      .Case("Mul", "bvmul")
      .Case("And", "bvand")
      .Case("Or", "bvor")
      .Case("Xor", "bvxor")
      .Default("");
}

StringRef shiftFunction(StringRef name) {
  return StringSwitch<StringRef>(name)
      .Case("Shl", "bvshl")
      .Case("LShr", "bvlshr")
      .Case("AShr", "bvashr")
      .Default("");
}

StringRef comparisonFunction(StringRef name) {
  return StringSwitch<StringRef>(name)
      .Case("ICmpEQ", "=")
      .Case("ICmpNE", "distinct")
      .Case("ICmpULT", "bvult")
      .Case("ICmpULE", "bvule")
      .Case("ICmpUGT", "bvugt")
      .Case("ICmpUGE", "bvuge")
      .Case("ICmpSLT", "bvslt")
      .Case("ICmpSLE", "bvsle")
      .Case("ICmpSGT", "bvsgt")
      .Case("ICmpSGE", "bvsge")
      .Default("");
}

Expected<Term> IrReader::value(const Call &call) {
  StringRef name = call.name;
  unsigned number;
  if (!call.isCall && name.consume_front("$") && !name.getAsInteger(10, number))
    return operands[number];
  if (name == "guardedDivision")
    return division(call);
  if (!call.isCall || !name.consume_front("B.Create"))
    return error("unknown function '" + call.name + "'");
  if (name == "BinaryIntrinsic")
    return leadingZeros(call);
  if (name == "Intrinsic")
    return funnelShift(call);
  if (name == "ZExt" || name == "SExt" || name == "Trunc")
    return cast(name, call);
  if (StringRef function = arithmeticFunction(name); !function.empty())
    return binary(function, call);
  if (StringRef function = shiftFunction(name); !function.empty())
    return shift(function, call);
  if (StringRef function = comparisonFunction(name); !function.empty())
    return comparison(function, call);
  Expected<std::vector<Term>> a = values(call.arguments);
  if (!a)
    return a.takeError();
  if (name == "Not" && a->size() == 1)
    return Term{apply("bvnot", {(*a)[0].text}), (*a)[0].width};
  if (name == "Select" && a->size() == 3 && (*a)[0].width == 1 &&
      (*a)[1].width == (*a)[2].width)
    return Term{apply("ite", {apply("=", {(*a)[0].text, "#b1"}), (*a)[1].text,
                              (*a)[2].text}),
                (*a)[1].width};
  return error("unknown function '" + call.name + "' of these operands");
}

} // namespace

Expected<PartialTerm> smt::readIr(StringRef column, ArrayRef<Term> operands) {
  Expected<Call> call = parseCall(column);
  if (!call)
    return call.takeError();
  IrReader reader(operands);
  Expected<Term> value = reader.value(*call);
  if (!value)
    return value.takeError();
  return PartialTerm{*value, std::move(reader.undefined)};
}
