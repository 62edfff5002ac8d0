//===- EmitSolidity.cpp - The single-step interpreter as a contract -------===//
//
// One Yul function per instruction, in the frame of SolidityFrame.h. Yul
// computes in 256-bit words: an expression is printed together with whether
// its word may be dirty, and masked where a primitive needs it clean.
//
//===----------------------------------------------------------------------===//

#include "Emitted.h"
#include "SolidityFrame.h"
#include "Templates.h"
#include "opml/isa/Emit.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::isa;

namespace {

/// A printed expression of `type` bits.
struct YulText {
  std::string text;
  unsigned type;
  bool dirty;

  std::string clean() const {
    if (!dirty)
      return text;
    return "and(" + text + ", " + hex(maskTrailingOnes<uint64_t>(type)) + ")";
  }
};

/// A condition that always holds, as that of an unconditional jump.
bool isTrue(const Expr &expr) {
  return expr.kind == Expr::Kind::Literal && expr.literal == 1;
}

std::string bitsText(unsigned low, unsigned high) {
  std::string mask = hex(maskTrailingOnes<uint64_t>(high - low + 1));
  if (low == 0)
    return "and(word, " + mask + ")";
  return formatv("and(shr({0}, word), {1})", low, mask);
}

std::string fieldText(const Operand &operand) {
  return bitsText(operand.low, operand.high);
}

class YulPrinter {
public:
  YulPrinter(const Spec &spec, const Instruction &instruction, raw_ostream &os)
      : spec(spec), instruction(instruction), os(os) {}

  void printFunction();

private:
  YulText print(const Expr &expr);
  void printReads();
  void printAccessCheck();
  void printStatement(const Statement &statement);
  void printSet(const Statement &statement);
  raw_ostream &line() { return os << "                "; }
  unsigned cause(const Twine &name) {
    return spec.findCause(name.str())->number;
  }

  const Spec &spec;
  const Instruction &instruction;
  raw_ostream &os;
  unsigned temporaries = 0;
};

YulText YulPrinter::print(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Literal:
    return {hex(expr.literal), expr.type, false};
  case Expr::Kind::Field:
  case Expr::Kind::Content:
    return {expr.operand->name.str(), expr.type, false};
  case Expr::Kind::Register:
    return {expr.reg->name.str(), expr.type, false};
  case Expr::Kind::Pc:
    return {"programCounter()", expr.type, false};
  case Expr::Kind::Variable:
    return {expr.name.str(), expr.type, false};
  case Expr::Kind::Load:
    return {formatv("load{0}(leaf, {1})", expr.type, expr.name), expr.type,
            false};
  case Expr::Kind::Apply:
    break;
  }
  std::vector<std::string> arguments;
  for (const Expr &argument : expr.arguments) {
    YulText printed = print(argument);
    arguments.push_back(expr.primitive->needsClean ? printed.clean()
                                                   : printed.text);
  }
  std::string text =
      fillIn(expr.primitive->yul, std::move(arguments),
             [&](const std::string &argument) {
               std::string name = "t" + std::to_string(temporaries++);
               line() << "let " << name << " := " << argument << "\n";
               return name;
             });
  // A widening or truncating column may be just "$0": its dirt is the
  // primitive's to declare.
  return {text, expr.type, expr.primitive->makesDirty};
}

void YulPrinter::printReads() {
  Reads reads = collectReads(instruction.semantics);
  for (const auto &operand : instruction.operands) {
    if (reads.fields.count(operand.get()))
      line() << "let " << operand->name << " := " << fieldText(*operand)
             << "\n";
    if (reads.contents.count(operand.get()))
      line() << "let " << operand->name << " := gpr(" << fieldText(*operand)
             << ")\n";
  }
  for (const auto &reg : spec.registers) {
    if (!reads.registers.count(reg.get()))
      continue;
    line() << "let " << reg->name << " := ";
    if (reg->number >= 0)
      os << "gpr(" << reg->number << ")\n";
    else
      os << (reg->name == "hi" ? "highWord()\n" : "lowWord()\n");
  }
}

void YulPrinter::printAccessCheck() {
  const MemoryAccess &access = *instruction.access;
  StringRef kind = access.stores ? "Store" : "Load";
  line() << formatv("checkAccess({0}, {1}, {2}, {3})\n", access.address,
                    access.width / 8, cause("Misaligned" + kind),
                    cause(kind + "OutOfRange"));
  if (access.stores)
    line() << "let leaf := claimedLeaf()\n";
  else
    line() << "let leaf := provedLeaf(" << access.address << ")\n";
}

/// The setters shift garbage out, so a dirty value may go there.
void YulPrinter::printSet(const Statement &statement) {
  std::string value = print(statement.value).text;
  if (statement.operand)
    line() << formatv("setGpr({0}, {1})\n", fieldText(*statement.operand),
                      value);
  else if (statement.reg->number >= 0)
    line() << formatv("setGpr({0}, {1})\n", statement.reg->number, value);
  else if (statement.reg->name == "hi")
    line() << "setHighWord(" << value << ")\n";
  else
    line() << "setLowWord(" << value << ")\n";
}

void YulPrinter::printStatement(const Statement &statement) {
  switch (statement.kind) {
  case Statement::Kind::Let: {
    std::string value = print(statement.value).clean();
    line() << formatv("let {0} := {1}\n", statement.name, value);
    break;
  }
  case Statement::Kind::TrapIf: {
    std::string value = print(statement.value).clean();
    if (isTrue(statement.value))
      line() << formatv("trap({0})\n", statement.cause->number);
    else
      line() << formatv("if {0} {{ trap({1}) }\n", value,
                        statement.cause->number);
    break;
  }
  case Statement::Kind::Set:
    printSet(statement);
    break;
  case Statement::Kind::Store: {
    std::string value = print(statement.value).clean();
    line() << formatv("replaceLeaf({0}, store{1}(leaf, {0}, {2}))\n",
                      statement.name, statement.value.type, value);
    break;
  }
  case Statement::Kind::Branch: {
    std::string condition = print(statement.condition).clean();
    std::string target = print(statement.value).text;
    if (isTrue(statement.condition))
      line() << formatv("proceed({0})\n", target);
    else
      line() << formatv("if {0} {{ proceed({1}) }\n", condition, target);
    break;
  }
  case Statement::Kind::Halt:
    line() << "halt()\n";
    break;
  }
}

/// Whether the last statement ends the call in all cases.
bool alwaysEnds(const Instruction &instruction) {
  if (instruction.semantics.empty())
    return false;
  const Statement &last = instruction.semantics.back();
  return last.kind == Statement::Kind::Halt ||
         (last.kind == Statement::Kind::Branch && isTrue(last.condition)) ||
         (last.kind == Statement::Kind::TrapIf && isTrue(last.value));
}

/// Wraps prose into comment lines.
void printComment(StringRef text, raw_ostream &os) {
  constexpr size_t width = 105;
  while (!text.empty()) {
    size_t end = text.size() <= width ? text.size() : text.rfind(' ', width);
    os << "            // " << text.take_front(end) << "\n";
    text = text.drop_front(end).ltrim();
  }
}

void YulPrinter::printFunction() {
  printComment((instruction.assembly + ": " + instruction.doc).str(), os);
  os << formatv("            function {0}(word) {{\n", instruction.name);
  if (instruction.branches())
    line() << "checkDelaySlot()\n";
  printReads();
  for (size_t i = 0; i < instruction.semantics.size(); ++i) {
    if (instruction.access && instruction.access->statement == i)
      printAccessCheck();
    printStatement(instruction.semantics[i]);
  }
  if (!alwaysEnds(instruction))
    line() << (instruction.nullifies() ? "nullify()\n" : "next()\n");
  os << "            }\n";
}

void printDispatch(const DecodeTree &tree, raw_ostream &os, unsigned indent) {
  for (const auto &candidate : tree.candidates) {
    os.indent(indent);
    if (candidate.mask)
      os << formatv("if eq(and(word, {0}), {1}) {{ {2}(word) }\n",
                    hex(candidate.mask), hex(candidate.match),
                    candidate.instruction->name);
    else
      os << candidate.instruction->name << "(word)\n";
  }
  if (tree.children.empty())
    return;
  os.indent(indent) << "switch " << bitsText(tree.low, tree.high) << "\n";
  for (const auto &[value, child] : tree.children) {
    os.indent(indent) << "case " << hex(value) << " {\n";
    printDispatch(child, os, indent + 4);
    os.indent(indent) << "}\n";
  }
}

/// First four bytes of keccak256 of the errors' signatures, which inline
/// assembly cannot name.
constexpr std::pair<StringLiteral, StringLiteral> errorSelectors[] = {
    {"WrongWitnessSize", "f1b217c6"},
    {"WrongCodeProof", "b0eca8ab"},
    {"WrongMemoryProof", "23617531"}};

/// Replaces %Name% by the number of that cause, or an error's selector.
void printFrame(StringRef text, const Spec &spec, raw_ostream &os) {
  while (true) {
    auto [before, rest] = text.split('%');
    os << before;
    if (rest.empty())
      return;
    auto [name, after] = rest.split('%');
    if (const Cause *cause = spec.findCause(name))
      os << cause->number;
    for (const auto &[error, selector] : errorSelectors)
      if (error == name)
        os << selector;
    text = after;
  }
}

} // namespace

void opml::isa::printYulFunction(const Spec &spec,
                                 const Instruction &instruction,
                                 raw_ostream &os) {
  YulPrinter(spec, instruction, os).printFunction();
}

void opml::isa::printYulDispatch(const Spec &spec, raw_ostream &os) {
  printDispatch(buildDecodeTree(spec), os, 12);
}

void opml::isa::emitSolidity(const Spec &spec, raw_ostream &os) {
  printFrame(contractHead, spec, os);
  for (const auto &instruction : spec.instructions) {
    printYulFunction(spec, *instruction, os);
    os << "\n";
  }
  printFrame(contractStep, spec, os);
  printYulDispatch(spec, os);
  os << "\n";
  printFrame(contractTail, spec, os);
}
