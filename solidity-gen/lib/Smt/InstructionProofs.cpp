//===- InstructionProofs.cpp - Emitted functions do what Sem says ---------===//
//
// The Yul function of an instruction, as it stands in the contract, is parsed
// again and run on symbolic words. Its effects must be those of Sem, read
// through the Smt rows, one by one and in order.
//
//===----------------------------------------------------------------------===//

#include "Columns.h"
#include "Emit/Emitted.h"
#include "Proofs.h"
#include "YulProgram.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

/// What must hold of an argument of an effect.
struct ExpectedArgument {
  Term value;
  bool mayBeDirty = false; // bits above the value's width do not matter
};
struct ExpectedEffect {
  std::string name;
  std::vector<ExpectedArgument> arguments;
  std::optional<Term> condition;
};

class InstructionProver {
public:
  InstructionProver(const Spec &spec, const Instruction &instruction,
                    ObligationWriter &writer)
      : spec(spec), instruction(instruction), writer(writer),
        run("yul", declarations) {}

  Error prove();

private:
  Expected<Term> read(const Expr &expr);
  Error expectStatement(const Statement &statement);
  Error expectConditional(const Expr &condition, ExpectedEffect effect);
  void expectAccess();
  Error expectEffects();
  Error runEmitted();
  void proveEffect(size_t index);

  Term field(const Operand &operand) {
    return extract({"instruction.word", 32}, operand.high, operand.low);
  }
  Term cause(const Twine &name) {
    return constant(Twine(spec.findCause(name.str())->number), wordBits);
  }

  const Spec &spec;
  const Instruction &instruction;
  ObligationWriter &writer;
  std::string declarations;
  YulRun run;
  std::vector<ExpectedEffect> expected;
  bool ended = false; // by the last expected effect, in all cases
  unsigned temporaries = 0;
};

Expected<Term> InstructionProver::read(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Literal:
    return constant(Twine(expr.literal), expr.type);
  case Expr::Kind::Field:
    return field(*expr.operand);
  case Expr::Kind::Content:
    return Term{apply("state.gpr", {field(*expr.operand).text}), 32};
  case Expr::Kind::Register:
    if (expr.reg->number < 0)
      return Term{("state." + expr.reg->name).str(), 32};
    return Term{apply("state.gpr", {constant(Twine(expr.reg->number), 5).text}),
                32};
  case Expr::Kind::Pc:
    return Term{"state.pc", 32};
  case Expr::Kind::Variable:
    return Term{("sem." + expr.name).str(), expr.type};
  case Expr::Kind::Load: {
    Term address{("sem." + expr.name).str(), 32};
    return Term{apply("memory.load" + Twine(expr.type),
                      {"state.leaf", extract(address, 4, 0).text}),
                expr.type};
  }
  case Expr::Kind::Apply:
    break;
  }
  std::vector<Term> arguments;
  for (const Expr &argument : expr.arguments) {
    Expected<Term> term = read(argument);
    if (!term)
      return term;
    arguments.push_back(
        define("sem.t." + Twine(temporaries++), *term, declarations));
  }
  return readSmt(expr.primitive->smt, arguments);
}

//===- What Sem says ------------------------------------------------------===//

/// A condition that is the literal 1 is none.
Error InstructionProver::expectConditional(const Expr &condition,
                                           ExpectedEffect effect) {
  if (condition.kind == Expr::Kind::Literal && condition.literal == 1) {
    ended = true;
  } else {
    Expected<Term> term = read(condition);
    if (!term)
      return term.takeError();
    effect.condition = *term;
  }
  expected.push_back(std::move(effect));
  return Error::success();
}

void InstructionProver::expectAccess() {
  const MemoryAccess &access = *instruction.access;
  StringRef kind = access.stores ? "Store" : "Load";
  Term address{("sem." + access.address).str(), 32};
  expected.push_back({"checkAccess",
                      {{address},
                       {constant(Twine(access.width / 8), wordBits)},
                       {cause("Misaligned" + kind)},
                       {cause(kind + "OutOfRange")}},
                      std::nullopt});
  if (access.stores)
    expected.push_back({"claimedLeaf", {}, std::nullopt});
  else
    expected.push_back({"provedLeaf", {{address}}, std::nullopt});
}

Error InstructionProver::expectStatement(const Statement &statement) {
  if (statement.kind == Statement::Kind::Halt) {
    expected.push_back({"halt", {}, std::nullopt});
    ended = true;
    return Error::success();
  }
  if (statement.kind == Statement::Kind::TrapIf)
    return expectConditional(
        statement.value,
        {"trap",
         {{constant(Twine(statement.cause->number), wordBits)}},
         std::nullopt});
  Expected<Term> value = read(statement.value);
  if (!value)
    return value.takeError();
  if (statement.kind == Statement::Kind::Let) {
    define("sem." + statement.name, *value, declarations);
  } else if (statement.kind == Statement::Kind::Branch) {
    return expectConditional(
        statement.condition,
        {"proceed", {{*value, /*mayBeDirty=*/true}}, std::nullopt});
  } else if (statement.kind == Statement::Kind::Store) {
    Term address{("sem." + statement.name).str(), 32};
    Term leaf{apply("memory.store" + Twine(value->width),
                    {"state.leaf", extract(address, 4, 0).text, value->text}),
              wordBits};
    expected.push_back({"replaceLeaf", {{address}, {leaf}}, std::nullopt});
  } else if (statement.reg && statement.reg->number < 0) {
    expected.push_back(
        {statement.reg->name == "hi" ? "setHighWord" : "setLowWord",
         {{*value, /*mayBeDirty=*/true}},
         std::nullopt});
  } else {
    Term number = statement.reg ? constant(Twine(statement.reg->number), 5)
                                : field(*statement.operand);
    expected.push_back(
        {"setGpr", {{number}, {*value, /*mayBeDirty=*/true}}, std::nullopt});
  }
  return Error::success();
}

Error InstructionProver::expectEffects() {
  if (instruction.branches())
    expected.push_back({"checkDelaySlot", {}, std::nullopt});
  for (size_t i = 0; i < instruction.semantics.size(); ++i) {
    if (instruction.access && instruction.access->statement == i)
      expectAccess();
    if (Error failure = expectStatement(instruction.semantics[i]))
      return failure;
  }
  if (!ended)
    expected.push_back(
        {instruction.nullifies() ? "nullify" : "next", {}, std::nullopt});
  return Error::success();
}

//===- What the contract does ---------------------------------------------===//

Error InstructionProver::runEmitted() {
  auto &functions = run.functions;
  functions["programCounter"] = [](ArrayRef<Term>) {
    return zeroExtend({"state.pc", 32}, wordBits);
  };
  // A register that is read after one has been written may have changed.
  auto fresh = [this](const Term &before) {
    if (none_of(run.effects, [](const Effect &effect) {
          return StringRef(effect.name).starts_with("set");
        }))
      return before;
    return declare("stale." + Twine(temporaries++), wordBits, declarations);
  };
  functions["gpr"] = [fresh](ArrayRef<Term> a) {
    return fresh({apply("frame.gpr", {a[0].text}), wordBits});
  };
  functions["highWord"] = [fresh](ArrayRef<Term>) {
    return fresh(zeroExtend({"state.hi", 32}, wordBits));
  };
  functions["lowWord"] = [fresh](ArrayRef<Term>) {
    return fresh(zeroExtend({"state.lo", 32}, wordBits));
  };
  for (StringRef name : {"claimedLeaf", "provedLeaf"})
    functions[name] = [this, name](ArrayRef<Term> a) {
      run.effects.push_back({name.str(), a.vec(), std::nullopt});
      return Term{"state.leaf", wordBits};
    };
  for (unsigned width : accessWidths) {
    functions["load" + std::to_string(width)] = [width](ArrayRef<Term> a) {
      return Term{apply("frame.load" + Twine(width), {a[0].text, a[1].text}),
                  wordBits};
    };
    functions["store" + std::to_string(width)] = [width](ArrayRef<Term> a) {
      return Term{apply("frame.store" + Twine(width),
                        {a[0].text, a[1].text, a[2].text}),
                  wordBits};
    };
  }
  std::string text;
  raw_string_ostream os(text);
  printYulFunction(spec, instruction, os);
  Expected<YulFunction> function = findFunction(text, instruction.name);
  if (!function)
    return function.takeError();
  run.bind("word", zeroExtend({"instruction.word", 32}, wordBits));
  return run.run(function->body);
}

//===- That they are the same ---------------------------------------------===//

void InstructionProver::proveEffect(size_t index) {
  const Effect &does = run.effects[index];
  const ExpectedEffect &says = expected[index];
  std::vector<std::string> claims;
  if (says.condition)
    claims.push_back(
        equation(*does.condition, zeroExtend(*says.condition, wordBits)));
  for (auto [word, argument] : zip_equal(does.arguments, says.arguments))
    claims.push_back(
        argument.mayBeDirty
            ? equation(truncate(word, argument.value.width), argument.value)
            : equation(word, zeroExtend(argument.value, wordBits)));
  std::string claim = conjunction(claims);
  // checkAccess ends the call where the address is not aligned.
  if (instruction.access && is_contained({"replaceLeaf", "setGpr"}, does.name))
    claim = formatv(
        "(=> (aligned{0} {1}) {2})", instruction.access->width,
        zeroExtend({("sem." + instruction.access->address).str(), 32}, wordBits)
            .text,
        claim);
  writer.prove(formatv("instruction {0}: {1} ({2})", instruction.name,
                       does.name, index + 1)
                   .str(),
               declarations, claim);
}

Error InstructionProver::prove() {
  if (Error failure = expectEffects())
    return failure;
  if (Error failure = runEmitted())
    return failure;
  if (!equal(run.effects, expected,
             [](const Effect &does, const ExpectedEffect &says) {
               return does.name == says.name &&
                      does.condition.has_value() ==
                          says.condition.has_value() &&
                      does.arguments.size() == says.arguments.size();
             }))
    return error("the emitted Yul function has other effects than Sem");
  for (size_t i = 0; i < expected.size(); ++i)
    if (!expected[i].arguments.empty() || expected[i].condition)
      proveEffect(i);
  return Error::success();
}

} // namespace

Error smt::proveInstruction(const Spec &spec, const Instruction &instruction,
                            ObligationWriter &writer) {
  return InstructionProver(spec, instruction, writer).prove();
}
