//===- ReadSpec.cpp - Reading and checking a whole spec -------------------===//

#include "Reader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace opml::isa;

bool opml::isa::fail(const Record &record, const Twine &message) {
  PrintError(record.getLoc(), record.getName() + ": " + message);
  return false;
}

/// Definitions of a class in the order of the file.
static std::vector<const Record *> definitions(const RecordKeeper &records,
                                               StringRef className) {
  if (!records.getClass(className))
    return {};
  ArrayRef<const Record *> defs = records.getAllDerivedDefinitions(className);
  std::vector<const Record *> sorted(defs.begin(), defs.end());
  llvm::sort(sorted, [](const Record *a, const Record *b) {
    return a->getID() < b->getID();
  });
  return sorted;
}

/// A column's placeholders $0, $1 … must be operands, and each must occur.
static bool checkColumn(const Record &record, StringRef column,
                        unsigned operands) {
  StringRef text = record.getValueAsString(column);
  if (text.empty())
    return fail(record, "no " + column + " column");
  uint32_t seen = 0;
  for (size_t at = text.find('$'); at != StringRef::npos;
       at = text.find('$', at + 1)) {
    unsigned number = ~0u;
    text.substr(at + 1).take_while(isDigit).getAsInteger(10, number);
    if (number >= operands)
      return fail(record, formatv("{0} column refers to an operand beyond the "
                                  "{1} declared",
                                  column, operands));
    seen |= 1u << number;
  }
  if (seen != (1u << operands) - 1)
    return fail(record, column + " column does not use every operand");
  return true;
}

static bool readPrimitives(const RecordKeeper &records, Spec &spec,
                           Names &names) {
  bool ok = true;
  for (const Record *record : definitions(records, "Primitive")) {
    auto primitive = std::make_unique<Primitive>();
    primitive->name = record->getName();
    primitive->location = record->getLoc();
    primitive->doc = record->getValueAsString("Doc");
    primitive->result = record->getValueAsDef("Result")->getValueAsInt("Bits");
    for (const Record *operand : record->getValueAsListOfDefs("Operands"))
      primitive->operands.push_back(operand->getValueAsInt("Bits"));
    primitive->cpp = record->getValueAsString("Cpp");
    primitive->yul = record->getValueAsString("Yul");
    primitive->smt = record->getValueAsString("Smt");
    primitive->ir = record->getValueAsString("Ir");
    primitive->needsClean = record->getValueAsBit("NeedsClean");
    primitive->makesDirty = record->getValueAsBit("MakesDirty");
    for (StringRef column : {"Cpp", "Yul", "Smt", "Ir"})
      ok &= checkColumn(*record, column, primitive->operands.size());
    names.primitives[record] = primitive.get();
    spec.primitives.push_back(std::move(primitive));
  }
  return ok;
}

/// The causes of the checks that stand before every instruction.
static constexpr StringLiteral frameCauses[] = {
    "MisalignedFetch",   "FetchOutOfRange", "ReservedInstruction",
    "BranchInDelaySlot", "MisalignedLoad",  "LoadOutOfRange",
    "MisalignedStore",   "StoreOutOfRange"};

static bool readCauses(const RecordKeeper &records, Spec &spec, Names &names) {
  for (const Record *record : definitions(records, "Cause")) {
    auto cause = std::make_unique<Cause>();
    cause->name = record->getName();
    cause->doc = record->getValueAsString("Doc");
    cause->number = record->getValueAsInt("Number");
    if (cause->number != spec.causes.size() + 1 || cause->number > 255)
      return fail(*record, "causes are numbered 1, 2, … 255 in order");
    names.causes[record] = cause.get();
    spec.causes.push_back(std::move(cause));
  }
  for (StringRef name : frameCauses)
    if (!spec.findCause(name)) {
      PrintError("the spec defines no Cause '" + name +
                 "', which every machine needs");
      return false;
    }
  return true;
}

static void readRegisters(const RecordKeeper &records, Spec &spec,
                          Names &names) {
  for (const Record *record : definitions(records, "Register")) {
    auto reg = std::make_unique<Register>();
    reg->name = record->getValueAsString("Name");
    reg->number = record->getValueAsInt("Number");
    names.registers[record] = reg.get();
    spec.registers.push_back(std::move(reg));
  }
}

static bool readInstructions(const RecordKeeper &records, Spec &spec,
                             const Names &names) {
  bool ok = true;
  for (const Record *record : definitions(records, "Instruction")) {
    auto instruction = std::make_unique<Instruction>();
    instruction->name = record->getName();
    instruction->assembly = record->getValueAsString("Assembly");
    instruction->mnemonic = instruction->assembly.split(' ').first;
    instruction->doc = record->getValueAsString("Doc");
    instruction->isExtension = record->getValueAsBit("IsExtension");
    if (instruction->doc.empty())
      ok = fail(*record, "no Doc; say what the instruction does");
    if (!readEncoding(*record, *instruction)) {
      ok = false;
    } else {
      ok &= readSemantics(*record, names, *instruction);
      ok &= readTests(*record, *instruction);
    }
    spec.instructions.push_back(std::move(instruction));
  }
  if (spec.instructions.empty()) {
    PrintError("the spec defines no Instruction");
    return false;
  }
  return ok;
}

static void readOmissions(const RecordKeeper &records, Spec &spec) {
  for (const Record *record : definitions(records, "Omission"))
    spec.omissions.push_back({record->getValueAsListOfStrings("Mnemonics"),
                              record->getValueAsString("Reason")});
}

std::optional<Spec> opml::isa::readSpec(const RecordKeeper &records) {
  Spec spec;
  Names names;
  readRegisters(records, spec, names);
  readOmissions(records, spec);
  bool ok = readPrimitives(records, spec, names);
  ok &= readCauses(records, spec, names);
  ok = ok && readInstructions(records, spec, names) &&
       checkOverlaps(spec, records);
  if (!ok)
    return std::nullopt;
  return spec;
}
