//===- EmitLlvm.cpp - C++ that builds LLVM IR for the translator ----------===//
//
// One function per instruction, from the Ir column of the primitives. The text
// stands in the frame of vm/lib/Translator/Instructions.cpp, which defines the
// OPML_… macros and what the columns name: B, guardedDivision, Instruction,
// Intrinsic. There `at` is the place that the instruction is translated for.
//
//===----------------------------------------------------------------------===//

#include "Templates.h"
#include "opml/isa/Emit.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;

namespace {

std::string constantText(unsigned bits, StringRef value) {
  return formatv("B.getIntN({0}, {1})", bits, value);
}

std::string fieldText(const Operand &operand) {
  uint64_t mask = (uint64_t(1) << operand.width()) - 1;
  return formatv("word >> {0} & {1}", operand.low, hex(mask));
}

std::string registerText(const Register &reg) {
  return reg.number < 0 ? reg.name.upper() : std::to_string(reg.number);
}

class LlvmPrinter {
public:
  LlvmPrinter(const Spec &spec, const Instruction &instruction, raw_ostream &os)
      : spec(spec), instruction(instruction), os(os) {}

  void printFunction();

private:
  void printReads();
  std::string print(const Expr &expr);
  void printStatement(const Statement &statement);

  const Spec &spec;
  const Instruction &instruction;
  raw_ostream &os;
  unsigned temporaries = 0;
};

/// All registers are read before any is written.
void LlvmPrinter::printReads() {
  Reads reads = collectReads(instruction.semantics);
  for (const auto &operand : instruction.operands) {
    if (reads.fields.count(operand.get()))
      os << formatv("  Value *{0} = {1};\n", operand->name,
                    constantText(operand->width(), fieldText(*operand)));
    if (reads.contents.count(operand.get()))
      os << formatv("  Value *{0} = at.read({1});\n", operand->name,
                    fieldText(*operand));
  }
  for (const auto &reg : spec.registers)
    if (reads.registers.count(reg.get()))
      os << formatv("  Value *{0} = at.read({1});\n", reg->name,
                    registerText(*reg));
}

std::string LlvmPrinter::print(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Literal:
    return constantText(expr.type, hex(expr.literal) + "u");
  case Expr::Kind::Field:
  case Expr::Kind::Content:
    return expr.operand->name.str();
  case Expr::Kind::Register:
    return expr.reg->name.str();
  case Expr::Kind::Pc:
    return "B.getInt32(at.pc())";
  case Expr::Kind::Variable:
    return expr.name.str();
  case Expr::Kind::Load:
    return formatv("at.load({0}, {1})", expr.name, expr.type);
  case Expr::Kind::Apply:
    break;
  }
  // Every value has a name: the order of instructions must not depend on the
  // order in which C++ evaluates arguments.
  std::vector<std::string> arguments;
  arguments.reserve(expr.arguments.size());
  for (const Expr &argument : expr.arguments)
    arguments.push_back(print(argument));
  std::string name = "t" + std::to_string(temporaries++);
  auto bind = [&](const std::string &text) {
    std::string operand = "t" + std::to_string(temporaries++);
    os << formatv("  Value *{0} = {1};\n", operand, text);
    return operand;
  };
  std::string text = fillIn(expr.primitive->ir, std::move(arguments), bind);
  os << formatv("  Value *{0} = {1};\n", name, text);
  return name;
}

void LlvmPrinter::printStatement(const Statement &statement) {
  if (statement.kind == Statement::Kind::Halt) {
    os << "  at.leave();\n";
    return;
  }
  std::string value = print(statement.value);
  switch (statement.kind) {
  case Statement::Kind::Let:
    os << formatv("  Value *{0} = {1};\n", statement.name, value);
    break;
  case Statement::Kind::TrapIf:
    os << formatv("  at.leaveIf({0}); // {1}\n", value, statement.cause->name);
    break;
  case Statement::Kind::Set:
    os << formatv("  at.write({0}, {1});\n",
                  statement.operand ? fieldText(*statement.operand)
                                    : registerText(*statement.reg),
                  value);
    break;
  case Statement::Kind::Store:
    os << formatv("  at.store({0}, {1});\n", statement.name, value);
    break;
  case Statement::Kind::Branch:
    os << formatv("  at.{0}({1}, {2});\n",
                  statement.isLikely ? "branchLikely" : "branch",
                  print(statement.condition), value);
    break;
  case Statement::Kind::Halt:
    break;
  }
}

void LlvmPrinter::printFunction() {
  os << formatv("// {0}\nOPML_TRANSLATE({1}) {{\n", instruction.assembly,
                instruction.name);
  printReads();
  for (size_t i = 0; i < instruction.semantics.size(); ++i) {
    if (instruction.access && instruction.access->statement == i)
      os << formatv("  at.checkAccess({0}, {1});\n",
                    instruction.access->address, instruction.access->width);
    printStatement(instruction.semantics[i]);
  }
  os << "}\n\n";
}

} // namespace

void opml::isa::emitLlvm(const Spec &spec, raw_ostream &os) {
  os << "// Generated by opml-isa-gen --emit=llvm; do not edit.\n\n"
     << "#ifdef OPML_GET_TRANSLATIONS\n#undef OPML_GET_TRANSLATIONS\n\n";
  for (const auto &instruction : spec.instructions)
    LlvmPrinter(spec, *instruction, os).printFunction();
  os << "#endif // OPML_GET_TRANSLATIONS\n\n"
     << "#ifdef OPML_GET_TRANSLATION_TABLE\n"
     << "#undef OPML_GET_TRANSLATION_TABLE\n"
     << "// OPML_TRANSLATION(name, has a delay slot), in the order of "
        "opcodes\n";
  for (const auto &instruction : spec.instructions)
    os << formatv("OPML_TRANSLATION({0}, {1})\n", instruction->name,
                  instruction->branches() ? "true" : "false");
  os << "#undef OPML_TRANSLATION\n#endif // OPML_GET_TRANSLATION_TABLE\n";
}
