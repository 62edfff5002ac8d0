//===- EmitCpp.cpp - Decoder and handlers for the interpreter -------------===//
//
// The text stands in the frame of vm/lib/Interpreter.cpp, which defines the
// OPML_… macros, and of vm/lib/Disassembler.cpp.
//
//===----------------------------------------------------------------------===//

#include "Emitted.h"
#include "Templates.h"
#include "opml/isa/Emit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;

namespace {

/// Bits of a word from `low` upwards.
std::string bitsText(StringRef word, unsigned low, uint64_t mask) {
  if (low == 0)
    return formatv("{0} & {1}", word, hex(mask));
  return formatv("{0} >> {1} & {2}", word, low, hex(mask));
}

/// Where a field is found: pre-decoded in vm::Instruction, or in its word.
std::string fieldText(const Operand &operand) {
  if (operand.width() == 5)
    switch (operand.low) {
    case 21:
      return "insn->rs";
    case 16:
      return "insn->rt";
    case 11:
      return "insn->rd";
    case 6:
      return "insn->sa";
    }
  uint64_t mask = (uint64_t(1) << operand.width()) - 1;
  return bitsText("insn->word", operand.low, mask);
}

std::string typeText(unsigned bits) {
  return bits == 1 ? "bool" : bits == 64 ? "uint64_t" : "uint32_t";
}

/// The body of one handler, or the part of it up to its memory access.
class CppPrinter {
public:
  CppPrinter(const Spec &spec, const Instruction &instruction, raw_ostream &os)
      : spec(spec), instruction(instruction), os(os) {}

  void printReads(ArrayRef<Statement> statements);
  void printLet(const Statement &statement);
  void printHandler();

private:
  std::string print(const Expr &expr);
  void printStatement(const Statement &statement);
  void printAccessCheck();
  void printBranchCheck();
  unsigned cause(StringRef name) { return spec.findCause(name)->number; }

  const Spec &spec;
  const Instruction &instruction;
  raw_ostream &os;
  unsigned temporaries = 0;
};

void CppPrinter::printReads(ArrayRef<Statement> statements) {
  Reads reads = collectReads(statements);
  for (const auto &operand : instruction.operands) {
    if (reads.fields.count(operand.get()))
      os << formatv("  const uint32_t {0} = {1};\n", operand->name,
                    fieldText(*operand));
    if (reads.contents.count(operand.get()))
      os << formatv("  const uint32_t {0} = cpu->gpr[{1}];\n", operand->name,
                    fieldText(*operand));
  }
  for (const auto &reg : spec.registers) {
    if (!reads.registers.count(reg.get()))
      continue;
    os << "  const uint32_t " << reg->name << " = cpu->";
    if (reg->number < 0)
      os << reg->name << ";\n";
    else
      os << "gpr[" << reg->number << "];\n";
  }
}

std::string CppPrinter::print(const Expr &expr) {
  switch (expr.kind) {
  case Expr::Kind::Literal:
    if (expr.type == 1)
      return expr.literal ? "true" : "false";
    return hex(expr.literal) + (expr.type == 64 ? "ull" : "u");
  case Expr::Kind::Field:
  case Expr::Kind::Content:
    return expr.operand->name.str();
  case Expr::Kind::Register:
    return expr.reg->name.str();
  case Expr::Kind::Pc:
    return "pc";
  case Expr::Kind::Variable:
    return expr.name.str();
  case Expr::Kind::Load:
    return formatv("loadMemory{0}(memory, {1})", expr.type, expr.name);
  case Expr::Kind::Apply:
    break;
  }
  std::vector<std::string> arguments;
  arguments.reserve(expr.arguments.size());
  for (const Expr &argument : expr.arguments)
    arguments.push_back(print(argument));
  return fillIn(expr.primitive->cpp, std::move(arguments),
                [&](const std::string &text) {
                  std::string name = "t" + std::to_string(temporaries++);
                  os << "  const auto " << name << " = " << text << ";\n";
                  return name;
                });
}

void CppPrinter::printLet(const Statement &statement) {
  std::string value = print(statement.value);
  os << formatv("  const {0} {1} = {2};\n", typeText(statement.value.type),
                statement.name, value);
}

void CppPrinter::printAccessCheck() {
  const MemoryAccess &access = *instruction.access;
  StringRef kind = access.stores ? "Store" : "Load";
  if (access.width > 8)
    os << formatv("  if ({0} & {1}) [[unlikely]]\n    OPML_TRAP({2});\n",
                  access.address, access.width / 8 - 1,
                  cause(("Misaligned" + kind).str()));
  os << formatv("  if ({0} >= memorySize) [[unlikely]]\n    OPML_TRAP({1});\n",
                access.address, cause((kind + "OutOfRange").str()));
}

void CppPrinter::printBranchCheck() {
  if (instruction.branches())
    os << formatv("  if (nextPc != pc + 4) [[unlikely]]\n    OPML_TRAP({0});\n",
                  cause("BranchInDelaySlot"));
}

void CppPrinter::printStatement(const Statement &statement) {
  if (statement.kind == Statement::Kind::Let)
    return printLet(statement);
  if (statement.kind == Statement::Kind::Halt) {
    os << "  OPML_HALT();\n";
    return;
  }
  std::string value = print(statement.value);
  switch (statement.kind) {
  case Statement::Kind::TrapIf:
    os << formatv("  if ({0}) [[unlikely]]\n    OPML_TRAP({1});\n", value,
                  statement.cause->number);
    break;
  case Statement::Kind::Set:
    if (statement.operand)
      os << formatv("  cpu->gpr[insn->destination] = {0};\n", value);
    else if (statement.reg->number < 0)
      os << formatv("  cpu->{0} = {1};\n", statement.reg->name, value);
    else
      os << formatv("  cpu->gpr[{0}] = {1};\n", statement.reg->number, value);
    break;
  case Statement::Kind::Store:
    os << formatv("  storeMemory{0}(memory, {1}, {2});\n", statement.value.type,
                  statement.name, value);
    break;
  case Statement::Kind::Branch:
    os << formatv("  if ({0})\n    OPML_NEXT({1});\n",
                  print(statement.condition), value);
    break;
  case Statement::Kind::Let:
  case Statement::Kind::Halt:
    break;
  }
}

void CppPrinter::printHandler() {
  os << formatv("// {0}\nOPML_HANDLER({1}) {{\n  OPML_LOCATE();\n",
                instruction.assembly, instruction.name);
  printBranchCheck();
  printReads(instruction.semantics);
  for (size_t i = 0; i < instruction.semantics.size(); ++i) {
    if (instruction.access && instruction.access->statement == i)
      printAccessCheck();
    printStatement(instruction.semantics[i]);
  }
  if (instruction.nullifies())
    os << "  OPML_NULLIFY();\n";
  else if (instruction.branches())
    os << "  OPML_NEXT(nextPc + 4);\n";
  else if (!instruction.halts())
    os << "  OPML_CONTINUE();\n";
  os << "}\n\n";
}

void printDecodeTree(const DecodeTree &tree, raw_ostream &os, unsigned indent) {
  for (const auto &candidate : tree.candidates) {
    os.indent(indent);
    if (candidate.mask)
      os << formatv("if ((word & {0}) == {1})\n", hex(candidate.mask),
                    hex(candidate.match))
                .str()
         << std::string(indent + 2, ' ');
    os << "return OP_" << candidate.instruction->name << ";\n";
  }
  if (tree.children.empty()) {
    if (tree.candidates.empty() || tree.candidates.back().mask)
      os.indent(indent) << "return 0;\n";
    return;
  }
  uint64_t mask = (uint64_t(1) << (tree.high - tree.low + 1)) - 1;
  os.indent(indent) << formatv("switch ({0}) {{\n",
                               bitsText("word", tree.low, mask));
  for (const auto &[value, child] : tree.children) {
    os.indent(indent) << formatv("case {0}:\n", hex(value));
    printDecodeTree(child, os, indent + 2);
  }
  os.indent(indent) << "}\n";
  os.indent(indent) << "return 0;\n";
}

/// Assembly text: the string of the spec, cut at its operands.
void printAssembly(const Instruction &instruction, raw_ostream &os) {
  os << formatv("case OP_{0}: {{\n", instruction.name);
  SmallVector<StringRef> pieces;
  instruction.assembly.split(pieces, '$');
  os << formatv("  std::string text = \"{0}\";\n", pieces.front());
  for (StringRef piece : drop_begin(pieces)) {
    StringRef name = piece.take_while(isAlnum);
    const Operand &operand = *instruction.findOperand(name);
    uint64_t mask = (uint64_t(1) << operand.width()) - 1;
    os << formatv("  {{\n    const uint32_t value = {0};\n    text += {1};\n"
                  "  }\n",
                  bitsText("word", operand.low, mask), operand.text);
    if (StringRef rest = piece.drop_front(name.size()); !rest.empty())
      os << formatv("  text += \"{0}\";\n", rest);
  }
  os << "  return text;\n}\n";
}

void printSection(StringRef name, raw_ostream &os,
                  function_ref<void()> contents) {
  os << formatv("#ifdef OPML_GET_{0}\n#undef OPML_GET_{0}\n\n", name);
  contents();
  os << formatv("\n#endif // OPML_GET_{0}\n\n", name);
}

} // namespace

void opml::isa::printCppDecoder(const Spec &spec, raw_ostream &os) {
  os << "static uint16_t decodeOpcode(uint32_t word) {\n";
  printDecodeTree(buildDecodeTree(spec), os, 2);
  os << "}\n";
}

void opml::isa::emitCpp(const Spec &spec, raw_ostream &os) {
  os << "// Generated by opml-isa-gen --emit=cpp; do not edit.\n\n";
  printSection("OPCODES", os, [&] {
    os << "enum Opcode : uint16_t {\n  OP_RESERVED,\n";
    for (const auto &instruction : spec.instructions)
      os << "  OP_" << instruction->name << ",\n";
    os << "  OP_COUNT\n};\n\nenum TrapCause : uint8_t {\n";
    for (const auto &cause : spec.causes)
      os << "  CAUSE_" << cause->name << " = " << cause->number << ",\n";
    os << "};\n";
  });
  printSection("INSTRUCTIONS", os, [&] {
    os << "// OPML_INSTRUCTION(name, mnemonic, branches, low bit of the field "
          "that\n// holds the destination), in the order of opcodes\n";
    for (const auto &instruction : spec.instructions) {
      const Operand *destination = instruction->destination();
      os << formatv("OPML_INSTRUCTION({0}, \"{1}\", {2}, {3})\n",
                    instruction->name, instruction->mnemonic,
                    instruction->branches(),
                    destination ? destination->low : 0);
    }
    os << "#undef OPML_INSTRUCTION\n";
  });
  printSection("CAUSES", os, [&] {
    os << "// OPML_CAUSE(name, number)\n";
    for (const auto &cause : spec.causes)
      os << formatv("OPML_CAUSE({0}, {1})\n", cause->name, cause->number);
    os << "#undef OPML_CAUSE\n";
  });
  printSection("OMISSIONS", os, [&] {
    os << "// OPML_OMISSION(mnemonic): of the architecture, but not here\n";
    for (const Omission &omission : spec.omissions)
      for (StringRef mnemonic : omission.mnemonics)
        os << formatv("OPML_OMISSION(\"{0}\")\n", mnemonic);
    os << "#undef OPML_OMISSION\n";
  });
  printSection("EXTENSIONS", os, [&] {
    os << "// OPML_EXTENSION(mnemonic): here, but not of the architecture\n";
    for (const auto &instruction : spec.instructions)
      if (instruction->isExtension)
        os << formatv("OPML_EXTENSION(\"{0}\")\n", instruction->mnemonic);
    os << "#undef OPML_EXTENSION\n";
  });
  printSection("DECODER", os, [&] { printCppDecoder(spec, os); });
  printSection("HANDLERS", os, [&] {
    for (const auto &instruction : spec.instructions)
      CppPrinter(spec, *instruction, os).printHandler();
  });
  printSection("ACCESSES", os, [&] {
    for (const auto &instruction : spec.instructions) {
      if (!instruction->access)
        continue;
      // The statements up to the one that binds the address.
      ArrayRef<Statement> all(instruction->semantics);
      size_t binds = 0;
      while (all[binds].name != instruction->access->address)
        ++binds;
      ArrayRef<Statement> before = all.take_front(binds + 1);
      CppPrinter printer(spec, *instruction, os);
      os << formatv("case OP_{0}: {{\n", instruction->name);
      printer.printReads(before);
      for (const Statement &statement : before)
        if (statement.kind == Statement::Kind::Let)
          printer.printLet(statement);
      os << formatv("  return Access{{{0}, {1}};\n}\n",
                    instruction->access->address,
                    instruction->access->width / 8);
    }
  });
  printSection("ASSEMBLY", os, [&] {
    for (const auto &instruction : spec.instructions)
      printAssembly(*instruction, os);
  });
}
