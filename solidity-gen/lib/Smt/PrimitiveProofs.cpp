//===- PrimitiveProofs.cpp - The columns of a row agree -------------------===//

#include "Columns.h"
#include "Proofs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

class PrimitiveProver {
public:
  PrimitiveProver(const Primitive &primitive, ObligationWriter &writer)
      : primitive(primitive), writer(writer) {}

  bool prove();

private:
  bool proveYul();
  bool proveExact(StringRef column, Expected<PartialTerm> read);
  bool report(StringRef column, Error failure);

  const Primitive &primitive;
  ObligationWriter &writer;
  std::string declarations;
  std::vector<Term> operands; // of the Smt row
  Term expected;              // what it says
};

bool PrimitiveProver::report(StringRef column, Error failure) {
  PrintError(primitive.location, primitive.name + ": " + column + " column: " +
                                     toString(std::move(failure)));
  return false;
}

/// Operands have garbage above their type where the row does not need them
/// clean; the result may have it only where the row says so.
bool PrimitiveProver::proveYul() {
  std::vector<Term> words;
  std::string garbage;
  for (const Term &operand : operands) {
    if (primitive.needsClean) {
      words.push_back(zeroExtend(operand, wordBits));
      continue;
    }
    Term above =
        declare(operand.text + ".above", wordBits - operand.width, garbage);
    words.push_back({apply("concat", {above.text, operand.text}), wordBits});
  }
  Expected<Term> yul = readYul(primitive.yul, words);
  if (!yul)
    return report("Yul", yul.takeError());
  writer.prove("primitive " + primitive.name + ": Yul", declarations + garbage,
               primitive.makesDirty
                   ? equation(truncate(*yul, primitive.result), expected)
                   : equation(*yul, zeroExtend(expected, wordBits)));
  return true;
}

/// In C++ and LLVM IR all values are clean, and all operands have a result.
bool PrimitiveProver::proveExact(StringRef column, Expected<PartialTerm> read) {
  if (!read)
    return report(column, read.takeError());
  unsigned width = read->value.width;
  if (column == "Ir" && width != primitive.result)
    return report(column, error("the result has " + Twine(width) +
                                " bits, expected " + Twine(primitive.result)));
  std::string prefix = ("primitive " + primitive.name + ": ").str();
  writer.prove(prefix + column, declarations,
               equation(read->value, zeroExtend(expected, width)));
  if (!read->undefined.empty())
    writer.prove(prefix + column + " is defined", declarations,
                 "(not (or " + join(read->undefined, " ") + "))");
  return true;
}

bool PrimitiveProver::prove() {
  for (size_t i = 0; i < primitive.operands.size(); ++i)
    operands.push_back(
        declare("x" + Twine(i), primitive.operands[i], declarations));
  Expected<Term> row = readSmt(primitive.smt, operands);
  if (!row)
    return report("Smt", row.takeError());
  if (row->width != primitive.result)
    return report("Smt", error("the result has " + Twine(row->width) +
                               " bits, expected " + Twine(primitive.result)));
  expected = define("expected", *row, declarations);
  bool ok = proveYul();
  ok &= proveExact("Cpp", readCpp(primitive.cpp, operands, primitive.result));
  ok &= proveExact("Ir", readIr(primitive.ir, operands));
  return ok;
}

} // namespace

bool smt::provePrimitive(const Primitive &primitive, ObligationWriter &writer) {
  return PrimitiveProver(primitive, writer).prove();
}
