//===- FrameProofs.cpp - What instructions take for granted ---------------===//
//
// Definitions of the contract's hand-written functions as instructions use
// them, and proofs that those for data memory are as defined. The others stand
// in StateProofs.cpp. Not proved: hashing, and the witness's layout.
//
//===----------------------------------------------------------------------===//

#include "FrameProver.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

static constexpr StringLiteral stateDefinitions =
    R"((declare-const state.pc (_ BitVec 32))
(declare-const state.hi (_ BitVec 32))
(declare-const state.lo (_ BitVec 32))
(declare-const state.leaf Word)
(declare-const instruction.word (_ BitVec 32))
(declare-fun state.content ((_ BitVec 5)) (_ BitVec 32))
(define-fun state.gpr ((r (_ BitVec 5))) (_ BitVec 32) (ite (= r (_ bv0 5)) (_ bv0 32) (state.content r)))
(declare-fun frame.gpr.unknown (Word) Word)
(define-fun frame.gpr ((r Word)) Word
  (ite (bvult r (_ bv32 256)) ((_ zero_extend 224) (state.gpr ((_ extract 4 0) r))) (frame.gpr.unknown r)))
)";

/// {0} is the width in bits, {1} that in bytes less one, {2} 256 - {0}.
static constexpr char memoryDefinitions[] =
    R"((define-fun aligned{0} ((a Word)) Bool (= (bvand a (_ bv{1} 256)) (_ bv0 256)))
(declare-fun memory.load{0} (Word (_ BitVec 5)) (_ BitVec {0}))
(declare-fun frame.load{0}.unknown (Word Word) Word)
(define-fun frame.load{0} ((leaf Word) (a Word)) Word
  (ite (aligned{0} a) ((_ zero_extend {2}) (memory.load{0} leaf ((_ extract 4 0) a)))
       (frame.load{0}.unknown leaf a)))
(declare-fun memory.store{0} (Word (_ BitVec 5) (_ BitVec {0})) Word)
(declare-fun frame.store{0}.unknown (Word Word Word) Word)
(define-fun frame.store{0} ((leaf Word) (a Word) (v Word)) Word
  (ite (and (aligned{0} a) (bvult v (bvshl (_ bv1 256) (_ bv{0} 256))))
       (memory.store{0} leaf ((_ extract 4 0) a) ((_ extract {3} 0) v))
       (frame.store{0}.unknown leaf a v)))
)";

void smt::printFrame(raw_ostream &os) {
  os << stateDefinitions;
  for (unsigned width : accessWidths)
    os << formatv(memoryDefinitions, width, width / 8 - 1, wordBits - width,
                  width - 1);
}

namespace {

/// The byte at that place of a leaf, the first being the most significant.
Term leafByte(const Term &leaf, unsigned place) {
  return extract(leaf, wordBits - 1 - 8 * place, wordBits - 8 - 8 * place);
}

class MemoryProver : public FrameProver {
public:
  using FrameProver::FrameProver;

  Error proveLoad(unsigned width);
  Error proveStore(unsigned width);
  Error proveCheckAccess(unsigned width);
};

/// The least significant byte is at the address, the next one after it, ….
Error MemoryProver::proveLoad(unsigned width) {
  Term leaf = word("leaf"), address = word("address");
  std::string name = "load" + std::to_string(width);
  Expected<Term> loaded = run.callFunction(name, {leaf, address});
  if (!loaded)
    return loaded.takeError();
  Term place = extract(address, 4, 0);
  std::vector<std::string> claims;
  for (unsigned first = 0; first < 32; first += width / 8) {
    Term bytes = leafByte(leaf, first);
    for (unsigned i = 1; i < width / 8; ++i)
      bytes = {apply("concat", {leafByte(leaf, first + i).text, bytes.text}),
               bytes.width + 8};
    claims.push_back(
        apply("=>", {equation(place, constant(Twine(first), 5)),
                     equation(*loaded, zeroExtend(bytes, wordBits))}));
  }
  writer.prove("frame: " + name, declarations,
               "(=> (aligned" + std::to_string(width) + " address) " +
                   conjunction(claims) + ")");
  return Error::success();
}

Error MemoryProver::proveStore(unsigned width) {
  Term leaf = word("leaf"), address = word("address");
  Term value = declare("value", width, declarations);
  std::string name = "store" + std::to_string(width);
  Expected<Term> stored =
      run.callFunction(name, {leaf, address, zeroExtend(value, wordBits)});
  if (!stored)
    return stored.takeError();
  Term place = extract(address, 4, 0);
  std::vector<std::string> claims;
  for (unsigned first = 0; first < 32; first += width / 8) {
    std::vector<std::string> bytes;
    for (unsigned i = 0; i < 32; ++i) {
      bool isNew = i >= first && i < first + width / 8;
      unsigned low = isNew ? 8 * (i - first) : 0;
      bytes.push_back(
          equation(leafByte(*stored, i),
                   isNew ? extract(value, low + 7, low) : leafByte(leaf, i)));
    }
    claims.push_back(apply("=>", {equation(place, constant(Twine(first), 5)),
                                  conjunction(bytes)}));
  }
  writer.prove("frame: " + name, declarations,
               "(=> (aligned" + std::to_string(width) + " address) " +
                   conjunction(claims) + ")");
  return Error::success();
}

/// For a clean address: traps if it is not aligned, then if it is not below
/// 2^(memory depth + 5).
Error MemoryProver::proveCheckAccess(unsigned width) {
  Term depth = declare("depth", 8, declarations);
  known("memoryDepth", zeroExtend(depth, wordBits));
  if (Error failure = runFunction("checkAccess"))
    return failure;
  if (run.effects.size() != 2 || run.effects[0].name != "trap" ||
      run.effects[1].name != "trap" || !run.effects[0].condition ||
      !run.effects[1].condition)
    return error("checkAccess is expected to be two conditional traps");
  std::string size =
      "(bvshl (_ bv1 512) (bvadd ((_ zero_extend 504) depth) (_ bv5 512)))";
  std::string outside = "(bvuge ((_ zero_extend 256) address_) " + size + ")";
  std::string misaligned = formatv(
      "(not (= (bvurem address_ (_ bv{0} 256)) (_ bv0 256)))", width / 8);
  std::string clean = formatv("(and (bvult address_ (_ bv4294967296 256)) "
                              "(= bytes_ (_ bv{0} 256)))",
                              width / 8);
  writer.prove(
      "frame: checkAccess of " + Twine(width) + " bits", declarations,
      apply("=>", {clean, conjunction({apply("=", {holds(0), misaligned}),
                                       apply("=", {holds(1), outside}),
                                       equation(run.effects[0].arguments[0],
                                                {"misaligned", wordBits}),
                                       equation(run.effects[1].arguments[0],
                                                {"outOfRange", wordBits})})}));
  return Error::success();
}

} // namespace

Error smt::proveFrame(ObligationWriter &writer) {
  for (unsigned width : accessWidths) {
    if (Error failure = MemoryProver(writer).proveLoad(width))
      return failure;
    if (Error failure = MemoryProver(writer).proveStore(width))
      return failure;
    if (Error failure = MemoryProver(writer).proveCheckAccess(width))
      return failure;
  }
  return proveState(writer);
}
