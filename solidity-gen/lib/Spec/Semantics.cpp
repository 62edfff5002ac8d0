//===- Semantics.cpp - From a Sem dag to typed statements -----------------===//

#include "Reader.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::isa;

namespace {

class SemanticsReader {
public:
  SemanticsReader(const Record &record, const Names &names,
                  Instruction &instruction)
      : record(record), names(names), instruction(instruction) {}

  bool readStatement(const DagInit *dag);

private:
  bool readLet(const DagInit *dag, Statement &statement);
  bool readTrapIf(const DagInit *dag, Statement &statement);
  bool readSet(const DagInit *dag, Statement &statement);
  bool readStore(const DagInit *dag, Statement &statement);
  bool readBranch(const DagInit *dag, Statement &statement);

  bool readExpr(const DagInit *dag, unsigned argument, unsigned type,
                Expr &result);
  bool readLiteral(int64_t value, unsigned type, Expr &result);
  bool readNamed(StringRef name, Expr &result);
  bool readRegister(const Record *def, Expr &result);
  bool readDag(const DagInit *dag, Expr &result);
  bool readLoad(const DagInit *dag, Expr &result);
  bool noteAccess(const DagInit *dag, bool loads, unsigned &width,
                  StringRef &address);

  bool expectArguments(const DagInit *dag, unsigned count);
  bool error(const Twine &message) { return fail(record, "Sem: " + message); }
  static std::string typeName(unsigned bits) {
    return "B" + std::to_string(bits);
  }

  const Record &record;
  const Names &names;
  Instruction &instruction;
  StringMap<unsigned> variables; // name -> type
  bool hasEffect = false;        // a statement before this one changes state
  const Operand *destination = nullptr; // written by a statement before
  bool ended = false; // by halt or branch, which must come last
};

bool SemanticsReader::expectArguments(const DagInit *dag, unsigned count) {
  if (dag->getNumArgs() == count)
    return true;
  return error(formatv("'{0}' takes {1} operands, got {2}",
                       dag->getOperator()->getAsString(), count,
                       dag->getNumArgs()));
}

bool SemanticsReader::readLiteral(int64_t value, unsigned type, Expr &result) {
  if (!isIntN(type, value) && !isUIntN(type, value))
    return error(formatv("{0} does not fit in {1}", value, typeName(type)));
  result.kind = Expr::Kind::Literal;
  result.type = type;
  result.literal = uint64_t(value) & maskTrailingOnes<uint64_t>(type);
  return true;
}

bool SemanticsReader::readNamed(StringRef name, Expr &result) {
  result.name = name;
  if (auto variable = variables.find(name); variable != variables.end()) {
    result.kind = Expr::Kind::Variable;
    result.type = variable->second;
    return true;
  }
  if (name == "pc") {
    result.kind = Expr::Kind::Pc;
    result.type = 32;
    return true;
  }
  result.operand = instruction.findOperand(name);
  if (!result.operand)
    return error("unknown name '$" + name + "'");
  result.kind =
      result.operand->isRegister ? Expr::Kind::Content : Expr::Kind::Field;
  result.type = result.operand->isRegister ? 32 : result.operand->width();
  return true;
}

bool SemanticsReader::readRegister(const Record *def, Expr &result) {
  auto reg = names.registers.find(def);
  if (reg == names.registers.end())
    return error("'" + def->getName() + "' is no register");
  result.kind = Expr::Kind::Register;
  result.reg = reg->second;
  result.type = 32;
  return true;
}

/// (load T, $a) and (store T, $a, …): type and address, the same every time.
bool SemanticsReader::noteAccess(const DagInit *dag, bool loads,
                                 unsigned &width, StringRef &address) {
  const auto *def = dyn_cast<DefInit>(dag->getArg(0));
  if (!def || !def->getDef()->isSubClassOf("Type"))
    return error("an access starts with its type, B8, B16 or B32");
  width = def->getDef()->getValueAsInt("Bits");
  if (width != 8 && width != 16 && width != 32)
    return error("an access is B8, B16 or B32 wide, not " + typeName(width));
  address = dag->getArgNameStr(1);
  auto variable = variables.find(address);
  if (variable == variables.end() || variable->second != 32)
    return error("the address of an access is a B32 name bound by let_");
  if (!instruction.access) {
    if (hasEffect)
      return error("an access may trap, so it must come before any effect");
    instruction.access = MemoryAccess{address, width, false, false,
                                      instruction.semantics.size()};
  }
  if (instruction.access->address != address ||
      instruction.access->width != width)
    return error("all accesses of an instruction have one address and width");
  (loads ? instruction.access->loads : instruction.access->stores) = true;
  return true;
}

bool SemanticsReader::readLoad(const DagInit *dag, Expr &result) {
  result.kind = Expr::Kind::Load;
  if (!expectArguments(dag, 2))
    return false;
  if (instruction.access && instruction.access->stores)
    return error("a load reads what was before the store, so it comes first");
  return noteAccess(dag, /*loads=*/true, result.type, result.name);
}

bool SemanticsReader::readDag(const DagInit *dag, Expr &result) {
  const auto *op = dyn_cast<DefInit>(dag->getOperator());
  if (op && op->getDef()->getName() == "load")
    return readLoad(dag, result);
  auto primitive =
      op ? names.primitives.find(op->getDef()) : names.primitives.end();
  if (primitive == names.primitives.end())
    return error("'" + dag->getOperator()->getAsString() + "' is no primitive");
  result.kind = Expr::Kind::Apply;
  result.primitive = primitive->second;
  result.type = result.primitive->result;
  if (!expectArguments(dag, result.primitive->operands.size()))
    return false;
  result.arguments.resize(dag->getNumArgs());
  for (unsigned i = 0; i < dag->getNumArgs(); ++i)
    if (!readExpr(dag, i, result.primitive->operands[i], result.arguments[i]))
      return false;
  return true;
}

bool SemanticsReader::readExpr(const DagInit *dag, unsigned argument,
                               unsigned type, Expr &result) {
  const Init *init = dag->getArg(argument);
  bool ok;
  if (const auto *literal = dyn_cast<IntInit>(init))
    ok = readLiteral(literal->getValue(), type, result);
  else if (const auto *nested = dyn_cast<DagInit>(init))
    ok = readDag(nested, result);
  else if (const auto *def = dyn_cast<DefInit>(init))
    ok = readRegister(def->getDef(), result);
  else if (isa<UnsetInit>(init))
    ok = readNamed(dag->getArgNameStr(argument), result);
  else
    ok = error("'" + init->getAsString() + "' is no expression");
  if (!ok || result.type == type)
    return ok;
  return error(formatv("operand {0} of '{1}' is {2}, expected {3}", argument,
                       dag->getOperator()->getAsString(), typeName(result.type),
                       typeName(type)));
}

bool SemanticsReader::readLet(const DagInit *dag, Statement &statement) {
  statement.kind = Statement::Kind::Let;
  if (!expectArguments(dag, 2))
    return false;
  statement.name = dag->getArgNameStr(0);
  if (statement.name.empty())
    return error("let_ binds a name: (let_ $x, …)");
  if (statement.name == "pc" || instruction.findOperand(statement.name) ||
      variables.contains(statement.name))
    return error("'$" + statement.name + "' already has a meaning");
  // A let is typed by its expression, which a bare literal does not do.
  const auto *expression = dyn_cast<DagInit>(dag->getArg(1));
  if (!expression)
    return error("let_ binds a name to an expression in parentheses");
  if (!readDag(expression, statement.value))
    return false;
  variables[statement.name] = statement.value.type;
  return true;
}

bool SemanticsReader::readTrapIf(const DagInit *dag, Statement &statement) {
  statement.kind = Statement::Kind::TrapIf;
  if (!expectArguments(dag, 2))
    return false;
  if (hasEffect || instruction.access)
    return error("trap_if must come before any effect or access");
  const auto *def = dyn_cast<DefInit>(dag->getArg(1));
  auto cause = def ? names.causes.find(def->getDef()) : names.causes.end();
  if (cause == names.causes.end())
    return error("'" + dag->getArg(1)->getAsString() + "' is no Cause");
  statement.cause = cause->second;
  return readExpr(dag, 0, 1, statement.value);
}

bool SemanticsReader::readSet(const DagInit *dag, Statement &statement) {
  statement.kind = Statement::Kind::Set;
  if (!expectArguments(dag, 2) || !readExpr(dag, 1, 32, statement.value))
    return false;
  hasEffect = true;
  Expr target;
  if (const auto *def = dyn_cast<DefInit>(dag->getArg(0))) {
    if (!readRegister(def->getDef(), target))
      return false;
    statement.reg = target.reg;
    return true;
  }
  statement.operand = instruction.findOperand(dag->getArgNameStr(0));
  if (!statement.operand || !statement.operand->isRegister)
    return error("'$" + dag->getArgNameStr(0) + "' is no register operand");
  if (destination && destination != statement.operand)
    return error("an instruction writes one operand, here both $" +
                 destination->name + " and $" + statement.operand->name);
  destination = statement.operand;
  return true;
}

bool SemanticsReader::readStore(const DagInit *dag, Statement &statement) {
  statement.kind = Statement::Kind::Store;
  unsigned width;
  if (!expectArguments(dag, 3) ||
      !noteAccess(dag, /*loads=*/false, width, statement.name))
    return false;
  // Loads within the value read what was before; only later ones are wrong.
  instruction.access->stores = false;
  if (!readExpr(dag, 2, width, statement.value))
    return false;
  if (hasEffect)
    return error("a store must come before other effects");
  instruction.access->stores = true;
  hasEffect = true;
  return true;
}

bool SemanticsReader::readBranch(const DagInit *dag, Statement &statement) {
  statement.kind = Statement::Kind::Branch;
  ended = true;
  return expectArguments(dag, 2) && readExpr(dag, 0, 1, statement.condition) &&
         readExpr(dag, 1, 32, statement.value);
}

bool SemanticsReader::readStatement(const DagInit *dag) {
  const auto *op = dyn_cast<DefInit>(dag->getOperator());
  StringRef form = op ? op->getDef()->getName() : "";
  if (form == "seq") {
    for (const Init *init : dag->getArgs()) {
      const auto *nested = dyn_cast<DagInit>(init);
      if (!nested)
        return error("'" + init->getAsString() + "' is no statement");
      if (!readStatement(nested))
        return false;
    }
    return true;
  }
  if (ended)
    return error("branch and halt come last");
  Statement statement;
  bool ok;
  if (form == "let_")
    ok = readLet(dag, statement);
  else if (form == "trap_if")
    ok = readTrapIf(dag, statement);
  else if (form == "set")
    ok = readSet(dag, statement);
  else if (form == "store")
    ok = readStore(dag, statement);
  else if (form == "branch" || form == "branch_likely") {
    statement.isLikely = form == "branch_likely";
    ok = readBranch(dag, statement);
  } else if (form == "halt") {
    ended = true;
    ok = hasEffect ? error("halt changes nothing but the status")
                   : expectArguments(dag, 0);
  } else
    ok = error("'" + dag->getOperator()->getAsString() + "' is no statement");
  if (ok)
    instruction.semantics.push_back(std::move(statement));
  return ok;
}

} // namespace

bool opml::isa::readSemantics(const Record &record, const Names &names,
                              Instruction &instruction) {
  SemanticsReader reader(record, names, instruction);
  return reader.readStatement(record.getValueAsDag("Sem"));
}
