//===- Obligations.cpp - Writing obligations; lemmas ----------------------===//

#include "Prelude.h"
#include "Proofs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

void ObligationWriter::prove(const Twine &name, StringRef declarations,
                             StringRef claim) {
  os << "\n(push 1)\n(echo \"" << name << "\")\n"
     << declarations << "(assert (not " << claim
     << "))\n(check-sat)\n(pop 1)\n";
}

Term smt::declare(const Twine &name, unsigned width, std::string &to) {
  to += formatv("(declare-const {0} (_ BitVec {1}))\n", name.str(), width);
  return {name.str(), width};
}

Term smt::define(const Twine &name, const Term &value, std::string &to) {
  std::string sort =
      value.width ? formatv("(_ BitVec {0})", value.width).str() : "Bool";
  to += formatv("(define-fun {0} () {1} {2})\n", name.str(), sort, value.text);
  return {name.str(), value.width};
}

std::string smt::equation(const Term &a, const Term &b) {
  return apply("=", {a.text, b.text});
}

std::string smt::conjunction(ArrayRef<std::string> claims) {
  return claims.empty() ? "true" : "(and " + join(claims, " ") + ")";
}

/// Real unsigned division of zero-extended numbers is that of 32 bits.
static void proveNarrowDivision(unsigned width, StringRef function,
                                ObligationWriter &writer) {
  std::string declarations;
  Term a = declare("a", 32, declarations), b = declare("b", 32, declarations);
  std::string real = "bv" + function.str();
  Term wide{apply(real, {zeroExtend(a, width).text, zeroExtend(b, width).text}),
            width};
  Term narrow{apply(real, {a.text, b.text}), 32};
  writer.prove(formatv("lemma: {0} at {1} bits", function, width).str(),
               declarations,
               apply("=>", {"(not (= b (_ bv0 32)))",
                            equation(wide, zeroExtend(narrow, width))}));
}

/// The absolute value of a sign-extended number is that of 32 bits.
static void proveAbsoluteValue(unsigned width, ObligationWriter &writer) {
  std::string declarations;
  Term a = declare("a", 32, declarations);
  Term wide = define("wide", signExtend(a, width), declarations);
  Term absolute{formatv("(ite (bvslt wide {0}) (bvneg wide) wide)",
                        constant("0", width).text),
                width};
  writer.prove(formatv("lemma: absolute value at {0} bits", width).str(),
               declarations,
               equation(absolute, zeroExtend({"(abs.32 a)", 32}, width)));
}

void smt::proveLemmas(ObligationWriter &writer) {
  for (unsigned width : dividendWidths) {
    for (StringRef function : {"udiv", "urem"})
      proveNarrowDivision(width, function, writer);
    proveAbsoluteValue(width, writer);
  }
}
