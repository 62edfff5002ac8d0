//===- Prelude.cpp - Definitions before all obligations -------------------===//
//
// Division is abstract: udiv.32 and urem.32 are functions of which nothing is
// known, and a wider division of numbers of 32 bits is made of them; of others
// nothing is known. Lemmas (Obligations.cpp) prove of real division what is
// used here. So no obligation but theirs contains a divider, and signed
// division over words is proved in parts: absolute values, then unsigned
// division.
//
//===----------------------------------------------------------------------===//

#include "Prelude.h"
#include "Term.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

/// Yellow Paper, appendix H.2; clz is EIP-7939.
static constexpr StringLiteral evmOpcodes =
    R"((define-sort Word () (_ BitVec 256))
(define-fun word ((c Bool)) Word (ite c (_ bv1 256) (_ bv0 256)))
(define-fun evm.add ((a Word) (b Word)) Word (bvadd a b))
(define-fun evm.sub ((a Word) (b Word)) Word (bvsub a b))
(define-fun evm.mul ((a Word) (b Word)) Word (bvmul a b))
(define-fun evm.div ((a Word) (b Word)) Word (ite (= b (_ bv0 256)) (_ bv0 256) (udiv.256 a b)))
(define-fun evm.mod ((a Word) (b Word)) Word (ite (= b (_ bv0 256)) (_ bv0 256) (urem.256 a b)))
(define-fun evm.sdiv ((a Word) (b Word)) Word (ite (= b (_ bv0 256)) (_ bv0 256) (sdiv.256 a b)))
(define-fun evm.smod ((a Word) (b Word)) Word (ite (= b (_ bv0 256)) (_ bv0 256) (srem.256 a b)))
(define-fun evm.not ((a Word)) Word (bvnot a))
(define-fun evm.and ((a Word) (b Word)) Word (bvand a b))
(define-fun evm.or ((a Word) (b Word)) Word (bvor a b))
(define-fun evm.xor ((a Word) (b Word)) Word (bvxor a b))
(define-fun evm.shl ((shift Word) (a Word)) Word (bvshl a shift))
(define-fun evm.shr ((shift Word) (a Word)) Word (bvlshr a shift))
(define-fun evm.sar ((shift Word) (a Word)) Word (bvashr a shift))
(define-fun evm.signextend ((b Word) (a Word)) Word
  (ite (bvuge b (_ bv31 256)) a
       (let ((above (bvsub (_ bv248 256) (bvmul (_ bv8 256) b)))) (bvashr (bvshl a above) above))))
(define-fun evm.byte ((i Word) (a Word)) Word
  (ite (bvuge i (_ bv32 256)) (_ bv0 256)
       (bvand (bvlshr a (bvsub (_ bv248 256) (bvmul (_ bv8 256) i))) (_ bv255 256))))
(define-fun evm.lt ((a Word) (b Word)) Word (word (bvult a b)))
(define-fun evm.gt ((a Word) (b Word)) Word (word (bvugt a b)))
(define-fun evm.slt ((a Word) (b Word)) Word (word (bvslt a b)))
(define-fun evm.sgt ((a Word) (b Word)) Word (word (bvsgt a b)))
(define-fun evm.eq ((a Word) (b Word)) Word (word (= a b)))
(define-fun evm.iszero ((a Word)) Word (word (= a (_ bv0 256))))
(define-fun evm.clz ((a Word)) Word (clz.256 a))
)";

/// The quotient's sign is that of both together, the remainder's the
/// dividend's: SMT-LIB defines bvsdiv and bvsrem so, and LLVM, C++ and the EVM
/// agree.
static constexpr StringLiteral signedDivision =
    R"((define-fun abs.32 ((a (_ BitVec 32))) (_ BitVec 32) (ite (bvslt a (_ bv0 32)) (bvneg a) a))
(define-fun sdiv.32 ((a (_ BitVec 32)) (b (_ BitVec 32))) (_ BitVec 32)
  (let ((q (udiv.32 (abs.32 a) (abs.32 b))))
    (ite (= (bvslt a (_ bv0 32)) (bvslt b (_ bv0 32))) q (bvneg q))))
(define-fun srem.32 ((a (_ BitVec 32)) (b (_ BitVec 32))) (_ BitVec 32)
  (let ((r (urem.32 (abs.32 a) (abs.32 b)))) (ite (bvslt a (_ bv0 32)) (bvneg r) r)))
)";

/// {0} is the width, {2} how much wider than 32 that is.
static constexpr char wideDivision[] =
    R"((declare-fun {1}.{0}.unknown ((_ BitVec {0}) (_ BitVec {0})) (_ BitVec {0}))
(define-fun {1}.{0} ((a (_ BitVec {0})) (b (_ BitVec {0}))) (_ BitVec {0})
  (ite (and (not (= b (_ bv0 {0}))) (bvult a (_ bv4294967296 {0})) (bvult b (_ bv4294967296 {0})))
       ((_ zero_extend {2}) ({1}.32 ((_ extract 31 0) a) ((_ extract 31 0) b)))
       ({1}.{0}.unknown a b)))
)";

/// {3} is the result's sign, {1} and {4} name signed and unsigned division.
static constexpr char wideSignedDivision[] =
    R"((declare-fun {1}.{0}.unknown ((_ BitVec {0}) (_ BitVec {0})) (_ BitVec {0}))
(define-fun {1}.{0} ((a (_ BitVec {0})) (b (_ BitVec {0}))) (_ BitVec {0})
  (let ((x ((_ extract 31 0) a)) (y ((_ extract 31 0) b)))
    (ite (and (not (= y (_ bv0 32))) (= a ((_ sign_extend {2}) x)) (= b ((_ sign_extend {2}) y)))
         (let ((r ((_ zero_extend {2}) ({4}.32 (abs.32 x) (abs.32 y))))) (ite {3} (bvneg r) r))
         ({1}.{0}.unknown a b))))
)";

/// By halves: where the upper half is zero, the lower one is shifted up.
static void printLeadingZeros(unsigned width, raw_ostream &os) {
  os << formatv("(define-fun clz.{0} ((a (_ BitVec {0}))) (_ BitVec {0})\n"
                "  (ite (= a (_ bv0 {0})) (_ bv{0} {0})\n",
                width);
  std::string value = "a", count = constant("0", width).text, close = "))";
  unsigned step = 0;
  for (unsigned half = width / 2; half > 0; half /= 2, ++step) {
    std::string amount = constant(Twine(half), width).text;
    std::string upper = extract({value, width}, width - 1, width - half).text;
    os << formatv("  (let ((v{0} (ite (= {1} {2}) (bvshl {3} {4}) {3}))\n"
                  "        (n{0} (ite (= {1} {2}) (bvadd {5} {4}) {5})))\n",
                  step, upper, constant("0", half).text, value, amount, count);
    value = "v" + std::to_string(step);
    count = "n" + std::to_string(step);
    close += ")";
  }
  os << "  " << count << close << "\n";
}

void smt::printPrelude(raw_ostream &os) {
  for (StringRef function : {"udiv", "urem"})
    os << formatv("(declare-fun {0}.32 ((_ BitVec 32) (_ BitVec 32)) "
                  "(_ BitVec 32))\n",
                  function);
  os << signedDivision;
  for (unsigned width : dividendWidths) {
    unsigned wider = width - 32;
    for (StringRef function : {"udiv", "urem"})
      os << formatv(wideDivision, width, function, wider);
    os << formatv(wideSignedDivision, width, "sdiv", wider,
                  "(not (= (bvslt x (_ bv0 32)) (bvslt y (_ bv0 32))))", "udiv")
       << formatv(wideSignedDivision, width, "srem", wider,
                  "(bvslt x (_ bv0 32))", "urem");
  }
  for (unsigned width : {32, 64, 256})
    printLeadingZeros(width, os);
  os << evmOpcodes;
}
