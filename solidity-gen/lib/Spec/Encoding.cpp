//===- Encoding.cpp - Instruction words: fields, fixed bits, overlaps -----===//

#include "Reader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace opml::isa;

static constexpr unsigned wordBits = 32;

/// Takes bit `position` of the word as bit `index` of the field `name`.
static bool addFieldBit(const Record &record, Instruction &instruction,
                        StringRef name, unsigned index, unsigned position) {
  for (auto &operand : instruction.operands) {
    if (operand->name != name)
      continue;
    if (position != operand->high + 1 || index != operand->width())
      return fail(record, "field '" + name +
                              "' must stand in one piece, its "
                              "bit 0 lowest");
    operand->high = position;
    return true;
  }
  const Record *def = record.getRecords().getDef(name);
  if (!def || !def->isSubClassOf("Operand"))
    return fail(record, "field '" + name + "' has no Operand; add `def " +
                            name + " : Operand<…>;`");
  if (index != 0)
    return fail(record, "bit 0 of field '" + name + "' is not in Inst");
  auto operand = std::make_unique<Operand>();
  operand->name = def->getName();
  operand->text = def->getValueAsString("Text");
  operand->isRegister = def->getValueAsBit("IsRegister");
  operand->high = operand->low = position;
  instruction.operands.push_back(std::move(operand));
  return true;
}

static bool checkFieldWidths(const Record &record,
                             const Instruction &instruction) {
  for (const auto &operand : instruction.operands) {
    const Record *def = record.getRecords().getDef(operand->name);
    unsigned expected = def->getValueAsDef("FieldType")->getValueAsInt("Bits");
    if (operand->width() != expected)
      return fail(record, formatv("field '{0}' has {1} bits in Inst, its "
                                  "Operand has {2}",
                                  operand->name, operand->width(), expected));
  }
  return true;
}

/// Every `bits` field that is not fixed must be somewhere in the word, and
/// every operand of the assembly string must be a field.
static bool checkAssembly(const Record &record,
                          const Instruction &instruction) {
  for (const RecordVal &value : record.getValues()) {
    const auto *bits = dyn_cast<BitsInit>(value.getValue());
    if (!bits || value.getName() == "Inst" || bits->isComplete())
      continue;
    if (!instruction.findOperand(value.getName()))
      return fail(record, "field '" + value.getName() + "' is not in Inst");
  }
  SmallVector<StringRef> pieces;
  instruction.assembly.split(pieces, '$');
  for (StringRef piece : drop_begin(pieces)) {
    StringRef name = piece.take_while(isAlnum);
    if (!instruction.findOperand(name))
      return fail(record, "assembly string names '$" + name +
                              "', which is no field of the word");
  }
  return true;
}

bool opml::isa::readEncoding(const Record &record, Instruction &instruction) {
  const BitsInit *word = record.getValueAsBitsInit("Inst");
  if (word->getNumBits() != wordBits)
    return fail(record, "Inst must have 32 bits");
  for (unsigned position = 0; position < wordBits; ++position) {
    const Init *bit = word->getBit(position);
    if (const auto *fixed = dyn_cast<BitInit>(bit)) {
      instruction.mask |= 1u << position;
      instruction.match |= uint32_t(fixed->getValue()) << position;
    } else if (const auto *variable = dyn_cast<VarBitInit>(bit)) {
      StringRef name = cast<VarInit>(variable->getBitVar())->getName();
      if (!addFieldBit(record, instruction, name, variable->getBitNum(),
                       position))
        return false;
    } else {
      return fail(record, formatv("incomplete encoding: bit {0} of Inst is "
                                  "neither fixed nor in a field",
                                  position));
    }
  }
  return checkFieldWidths(record, instruction) &&
         checkAssembly(record, instruction);
}

bool opml::isa::checkOverlaps(const Spec &spec, const RecordKeeper &records) {
  bool ok = true;
  for (size_t i = 0; i < spec.instructions.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      const Instruction &a = *spec.instructions[i], &b = *spec.instructions[j];
      if ((a.match ^ b.match) & a.mask & b.mask)
        continue;
      ok = fail(*records.getDef(a.name),
                formatv("encoding overlaps with {0}: both match {1:x8}", b.name,
                        a.match | b.match));
      PrintNote(records.getDef(b.name)->getLoc(), b.name + " is here");
    }
  return ok;
}
