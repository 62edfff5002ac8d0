//===- Templates.cpp - Filling in a primitive's column --------------------===//

#include "Templates.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace opml::isa;

std::string opml::isa::hex(uint64_t value) {
  return "0x" + utohexstr(value, /*LowerCase=*/true);
}

std::string
opml::isa::fillIn(StringRef text, std::vector<std::string> arguments,
                  function_ref<std::string(const std::string &)> name) {
  for (size_t i = 0; i < arguments.size(); ++i)
    if (text.count("$" + std::to_string(i)) > 1 &&
        !all_of(arguments[i], [](char c) { return isAlnum(c) || c == '_'; }))
      arguments[i] = name(arguments[i]);
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$')
      result += arguments[text[++i] - '0'];
    else
      result += text[i];
  }
  return result;
}

static void collect(const Expr &expr, Reads &reads) {
  switch (expr.kind) {
  case Expr::Kind::Field:
    reads.fields.insert(expr.operand);
    break;
  case Expr::Kind::Content:
    reads.contents.insert(expr.operand);
    break;
  case Expr::Kind::Register:
    reads.registers.insert(expr.reg);
    break;
  default:
    break;
  }
  for (const Expr &argument : expr.arguments)
    collect(argument, reads);
}

Reads opml::isa::collectReads(ArrayRef<Statement> statements) {
  Reads reads;
  for (const Statement &statement : statements) {
    collect(statement.value, reads);
    collect(statement.condition, reads);
  }
  return reads;
}
