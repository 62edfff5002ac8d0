//===- Tests.cpp - The hand-worked vectors of an instruction --------------===//

#include "Reader.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::isa;

int opml::isa::generalRegister(StringRef name) {
  static constexpr const char *abiNames[32] = {
      "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2",
      "t3",   "t4", "t5", "t6", "t7", "s0", "s1", "s2", "s3", "s4", "s5",
      "s6",   "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra"};
  for (int number = 0; number < 32; ++number)
    if (name == abiNames[number])
      return number;
  return -1;
}

enum class Part { Given, Expect, Fields };

/// Whether the name may stand in that part of a vector, and how wide it is.
static unsigned widthOf(StringRef name, Part part,
                        const Instruction &instruction) {
  const Operand *operand = instruction.findOperand(name);
  if (part == Part::Fields)
    return operand && operand->isRegister ? 5 : 0;
  if (operand && (part == Part::Given || operand->isRegister))
    return operand->isRegister ? 32 : operand->width();
  if (name == "hi" || name == "lo" || name == "mem" || name == "pc" ||
      generalRegister(name) > 0)
    return 32;
  if (part == Part::Given)
    return 0;
  return StringSwitch<unsigned>(name)
      .Case("nextPc", 32)
      .Case("cause", 8)
      .Case("halted", 1)
      .Default(0);
}

static bool readPart(const Record &record, const DagInit *dag,
                     StringRef expectedOperator, Part part,
                     const Instruction &instruction,
                     std::map<std::string, uint64_t> &values) {
  if (dag->getOperator()->getAsString() != expectedOperator)
    return fail(record, "Tests: expected (" + expectedOperator + " …), got " +
                            dag->getAsString());
  for (unsigned i = 0; i < dag->getNumArgs(); ++i) {
    StringRef name = dag->getArgNameStr(i);
    const auto *value = dyn_cast<IntInit>(dag->getArg(i));
    unsigned width = widthOf(name, part, instruction);
    if (!value || !width)
      return fail(record, "Tests: '" + dag->getArg(i)->getAsString() + ":$" +
                              name + "' has no meaning in (" +
                              expectedOperator + " …)");
    if (!isIntN(width, value->getValue()) && !isUIntN(width, value->getValue()))
      return fail(record, formatv("Tests: {0}:${1} does not fit in {2} bits",
                                  value->getValue(), name, width));
    values[name.str()] =
        uint64_t(value->getValue()) & maskTrailingOnes<uint64_t>(width);
  }
  return true;
}

bool opml::isa::readTests(const Record &record, Instruction &instruction) {
  for (const Record *def : record.getValueAsListOfDefs("Tests")) {
    TestVector test;
    if (!readPart(record, def->getValueAsDag("Pre"), "given", Part::Given,
                  instruction, test.pre) ||
        !readPart(record, def->getValueAsDag("Post"), "expect", Part::Expect,
                  instruction, test.post) ||
        !readPart(record, def->getValueAsDag("Encoding"), "fields",
                  Part::Fields, instruction, test.encoding))
      return false;
    instruction.tests.push_back(std::move(test));
  }
  return !instruction.tests.empty() ||
         fail(record, "no Tests; add at least one Vector worked out from the "
                      "architecture manual");
}
