//===- CallSyntax.cpp - Expressions made of calls -------------------------===//

#include "CallSyntax.h"
#include "Term.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

void Scanner::skipSpace() {
  rest = rest.ltrim();
  while (rest.starts_with("//"))
    rest = rest.drop_while([](char c) { return c != '\n'; }).ltrim();
}

bool Scanner::eat(StringRef text) {
  if (!rest.consume_front(text))
    return false;
  skipSpace();
  return true;
}

Error Scanner::expect(StringRef text) {
  if (eat(text))
    return Error::success();
  return error("expected '" + text + "' before '" + rest.take_front(20) + "'");
}

StringRef Scanner::word() {
  StringRef result = rest.take_while(
      [](char c) { return isAlnum(c) || StringRef("_.:$").contains(c); });
  rest = rest.drop_front(result.size());
  skipSpace();
  return result;
}

Expected<StringRef> Scanner::parenthesised() {
  int depth = 0;
  for (size_t i = 0; i < rest.size(); ++i) {
    depth += rest[i] == '(' ? 1 : rest[i] == ')' ? -1 : 0;
    if (depth > 0)
      continue;
    StringRef inner = rest.substr(1, i - 1);
    bool isOpen = rest.starts_with("(");
    rest = rest.drop_front(i + 1);
    skipSpace();
    if (isOpen)
      return inner;
    break;
  }
  return error("expected parentheses before '" + rest.take_front(20) + "'");
}

Error Scanner::readArguments(Call &call, StringRef close) {
  call.isCall = true;
  if (eat(close))
    return Error::success();
  do {
    Expected<Call> argument = this->call();
    if (!argument)
      return argument.takeError();
    call.arguments.push_back(std::move(*argument));
  } while (eat(","));
  return expect(close);
}

Expected<Call> Scanner::call() {
  Call result;
  if (eat("{")) {
    result.name = "{";
    if (Error failure = readArguments(result, "}"))
      return failure;
    return result;
  }
  result.name = word();
  if (result.name.empty())
    return error("expected an expression before '" + rest.take_front(20) + "'");
  if (eat("("))
    if (Error failure = readArguments(result, ")"))
      return failure;
  return result;
}

Expected<Call> smt::parseCall(StringRef text) {
  Scanner scanner(text);
  Expected<Call> result = scanner.call();
  if (result && !scanner.atEnd())
    return error("unexpected '" + scanner.remaining() + "'");
  return result;
}
