//===- YulProgram.cpp - Reading and running emitted Yul -------------------===//

#include "YulProgram.h"
#include "Columns.h"
#include "Proofs.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

//===- Reading ------------------------------------------------------------===//

static Error readValue(Scanner &scanner, Call &value) {
  Expected<Call> read = scanner.call();
  if (!read)
    return read.takeError();
  value = std::move(*read);
  return Error::success();
}

static Error readBlock(Scanner &scanner, std::vector<YulStatement> &body) {
  if (Error failure = scanner.expect("{"))
    return failure;
  Expected<std::vector<YulStatement>> read = parseYul(scanner);
  if (!read)
    return read.takeError();
  body = std::move(*read);
  return scanner.expect("}");
}

static Error readCases(Scanner &scanner, YulStatement &statement) {
  while (scanner.eat("case ")) {
    auto &[value, body] = statement.cases.emplace_back();
    if (Error failure = readValue(scanner, value))
      return failure;
    if (Error failure = readBlock(scanner, body))
      return failure;
  }
  return Error::success();
}

static Error readStatement(Scanner &scanner, YulStatement &statement) {
  if (scanner.eat("if ")) {
    statement.kind = YulStatement::Kind::If;
    if (Error failure = readValue(scanner, statement.value))
      return failure;
    return readBlock(scanner, statement.body);
  }
  if (scanner.eat("switch ")) {
    statement.kind = YulStatement::Kind::Switch;
    if (Error failure = readValue(scanner, statement.value))
      return failure;
    return readCases(scanner, statement);
  }
  bool isLet = scanner.eat("let ");
  if (Error failure = readValue(scanner, statement.value))
    return failure;
  if (!isLet && statement.value.isCall)
    return Error::success();
  statement.kind = YulStatement::Kind::Assign;
  statement.name = statement.value.name;
  if (Error failure = scanner.expect(":="))
    return failure;
  return readValue(scanner, statement.value);
}

Expected<std::vector<YulStatement>> smt::parseYul(Scanner &scanner) {
  std::vector<YulStatement> result;
  while (!scanner.atEnd() && !scanner.startsWith("}"))
    if (Error failure = readStatement(scanner, result.emplace_back()))
      return failure;
  return result;
}

Expected<YulFunction> smt::findFunction(StringRef contract, StringRef name) {
  std::string head = ("function " + name + "(").str();
  size_t at = contract.find(head);
  if (at == StringRef::npos)
    return error("unknown function '" + name + "'");
  Scanner scanner(contract.drop_front(at + head.size()));
  YulFunction function;
  while (!scanner.eat(")")) {
    function.parameters.push_back(scanner.word());
    scanner.eat(",");
    if (function.parameters.back().empty())
      return error("parameters of '" + name + "' cannot be read");
  }
  if (scanner.eat("->"))
    function.result = scanner.word();
  if (Error failure = readBlock(scanner, function.body))
    return failure;
  return function;
}

//===- Running ------------------------------------------------------------===//

void YulRun::bind(StringRef name, const Term &value) {
  variables[name] = define(prefix + "." + name + "." + Twine(definitions++),
                           value, declarations);
}

Expected<std::vector<Term>> YulRun::readArguments(const Call &call) {
  std::vector<Term> result;
  for (const Call &argument : call.arguments) {
    Expected<Term> term = read(argument);
    if (!term)
      return term.takeError();
    result.push_back(std::move(*term));
  }
  return result;
}

Expected<std::optional<Term>> YulRun::readOther(const Call &call) {
  if (!call.isCall) {
    auto variable = variables.find(call.name);
    if (variable == variables.end())
      return std::nullopt;
    return variable->second;
  }
  auto known = functions.find(call.name);
  bool isOurs = contract.contains(("function " + call.name + "(").str());
  if (known == functions.end() && !isOurs)
    return std::nullopt;
  Expected<std::vector<Term>> arguments = readArguments(call);
  if (!arguments)
    return arguments.takeError();
  if (known != functions.end())
    return known->second(*arguments);
  Expected<Term> result = callFunction(call.name, *arguments);
  if (!result)
    return result.takeError();
  return *result;
}

Expected<Term> YulRun::read(const Call &call) {
  return readYulCall(call,
                     [this](const Call &other) { return readOther(other); });
}

Expected<Term> YulRun::callFunction(StringRef name, ArrayRef<Term> arguments) {
  Expected<YulFunction> function = findFunction(contract, name);
  if (!function)
    return function.takeError();
  if (function->result.empty() ||
      function->parameters.size() != arguments.size())
    return error("'" + name + "' is called in a way that it is not made for");
  StringMap<Term> outside = std::move(variables);
  variables.clear();
  for (size_t i = 0; i < arguments.size(); ++i)
    bind(function->parameters[i], arguments[i]);
  bind(function->result, constant("0", wordBits));
  Error failure = run(function->body);
  Term result = variables.lookup(function->result);
  variables = std::move(outside);
  if (failure)
    return failure;
  return result;
}

Error YulRun::addEffect(const YulStatement &statement,
                        std::optional<Term> condition) {
  if (statement.kind != YulStatement::Kind::Call)
    return error("only calls are expected after a condition");
  Expected<std::vector<Term>> arguments = readArguments(statement.value);
  if (!arguments)
    return arguments.takeError();
  effects.push_back({statement.value.name.str(), std::move(*arguments),
                     std::move(condition)});
  return Error::success();
}

Error YulRun::runConditional(const YulStatement &statement,
                             const Term &condition) {
  if (statement.kind != YulStatement::Kind::Assign)
    return addEffect(statement, condition);
  auto before = variables.find(statement.name);
  if (before == variables.end())
    return error("'" + statement.name + "' has no value without the condition");
  Expected<Term> value = read(statement.value);
  if (!value)
    return value.takeError();
  std::string isZero = equation(condition, constant("0", wordBits));
  bind(statement.name,
       {apply("ite", {isZero, before->second.text, value->text}), wordBits});
  return Error::success();
}

Error YulRun::run(ArrayRef<YulStatement> statements) {
  for (const YulStatement &statement : statements) {
    if (statement.kind == YulStatement::Kind::Call) {
      if (Error failure = addEffect(statement, std::nullopt))
        return failure;
      continue;
    }
    Expected<Term> value = read(statement.value);
    if (!value)
      return value.takeError();
    if (statement.kind == YulStatement::Kind::Assign) {
      bind(statement.name, *value);
      continue;
    }
    if (statement.kind == YulStatement::Kind::Switch)
      return error("a switch is not expected here");
    for (const YulStatement &inner : statement.body)
      if (Error failure = runConditional(inner, *value))
        return failure;
  }
  return Error::success();
}
