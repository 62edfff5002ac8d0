//===- FrameProofs.cpp - What instructions take for granted ---------------===//
//
// Definitions of the contract's hand-written functions as instructions use
// them, and proofs that the functions in SolidityFrame.h are as defined. Not
// proved: where in memory the state lies, hashing, and the witness's layout.
//
//===----------------------------------------------------------------------===//

#include "Emit/SolidityFrame.h"
#include "Proofs.h"
#include "YulProgram.h"
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

/// One proof about a function of the frame.
class FrameProver {
public:
  explicit FrameProver(ObligationWriter &writer)
      : writer(writer), run("yul", declarations) {
    run.contract = contractHead;
  }

  Error proveLoad(unsigned width);
  Error proveStore(unsigned width);
  Error proveSetField();
  Error proveCheckAccess(unsigned width);
  Error proveCheckDelaySlot();
  Error proveNext();
  Error proveNullify();

private:
  Term word(StringRef name) { return declare(name, wordBits, declarations); }
  /// Has the function be run; its parameters are declared as words.
  Error runFunction(StringRef name);
  void known(StringRef function, const Term &value) {
    run.functions[function] = [value](ArrayRef<Term>) { return value; };
  }
  std::string holds(size_t effect) {
    return apply("distinct", {run.effects[effect].condition->text,
                              constant("0", wordBits).text});
  }

  ObligationWriter &writer;
  std::string declarations;
  YulRun run;
};

Error FrameProver::runFunction(StringRef name) {
  Expected<YulFunction> function = findFunction(contractHead, name);
  if (!function)
    return function.takeError();
  for (StringRef parameter : function->parameters)
    run.bind(parameter, word(parameter));
  return run.run(function->body);
}

/// The least significant byte is at the address, the next one after it, ….
Error FrameProver::proveLoad(unsigned width) {
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

Error FrameProver::proveStore(unsigned width) {
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

/// Garbage above 32 bits goes nowhere, and the bytes behind the field stay.
Error FrameProver::proveSetField() {
  Term old = word("old");
  known("mload", old);
  if (Error failure = runFunction("setField"))
    return failure;
  if (run.effects.size() != 1 || run.effects[0].name != "mstore")
    return error("setField is expected to be one mstore");
  Term kept = extract(old, 223, 0);
  Term field{"((_ extract 31 0) value)", 32};
  writer.prove(
      "frame: setField", declarations,
      conjunction(
          {equation(run.effects[0].arguments[0], {"at", wordBits}),
           equation(run.effects[0].arguments[1],
                    {apply("concat", {field.text, kept.text}), wordBits})}));
  return Error::success();
}

/// For a clean address: traps if it is not aligned, then if it is not below
/// 2^(memory depth + 5).
Error FrameProver::proveCheckAccess(unsigned width) {
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

Error FrameProver::proveCheckDelaySlot() {
  Term pc = declare("pc", 32, declarations);
  Term nextPc = declare("nextPc", 32, declarations);
  known("programCounter", zeroExtend(pc, wordBits));
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  // The cause is filled in when the contract is printed.
  std::string text = contractHead.str();
  for (size_t at; (at = text.find('%')) != std::string::npos;)
    text.replace(at, text.find('%', at + 1) + 1 - at, "4");
  Expected<YulFunction> function = findFunction(text, "checkDelaySlot");
  if (!function)
    return function.takeError();
  if (Error failure = run.run(function->body))
    return failure;
  if (run.effects.size() != 1 || run.effects[0].name != "trap" ||
      !run.effects[0].condition)
    return error("checkDelaySlot is expected to be one conditional trap");
  writer.prove(
      "frame: checkDelaySlot", declarations,
      apply("=", {holds(0), "(distinct nextPc (bvadd pc (_ bv4 32)))"}));
  return Error::success();
}

Error FrameProver::proveNext() {
  Term nextPc = declare("nextPc", 32, declarations);
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure = runFunction("next"))
    return failure;
  if (run.effects.size() != 1 || run.effects[0].name != "proceed")
    return error("next is expected to proceed");
  writer.prove("frame: next", declarations,
               equation(truncate(run.effects[0].arguments[0], 32),
                        {"(bvadd nextPc (_ bv4 32))", 32}));
  return Error::success();
}

/// pc becomes nextPc + 4, nextPc becomes nextPc + 8.
Error FrameProver::proveNullify() {
  Term nextPc = declare("nextPc", 32, declarations);
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure = runFunction("nullify"))
    return failure;
  if (run.effects.size() != 3 || run.effects[0].name != "setField" ||
      run.effects[1].name != "setField" || run.effects[2].name != "finish")
    return error("nullify is expected to set two fields and finish");
  std::vector<std::string> claims;
  for (unsigned field : {0, 1}) {
    ArrayRef<Term> arguments = run.effects[field].arguments;
    unsigned place = 0x80 + 4 * field, distance = 4 + 4 * field;
    claims.push_back(equation(arguments[0], constant(Twine(place), wordBits)));
    claims.push_back(equation(
        truncate(arguments[1], 32),
        {apply("bvadd", {nextPc.text, constant(Twine(distance), 32).text}),
         32}));
  }
  writer.prove("frame: nullify", declarations, conjunction(claims));
  return Error::success();
}

} // namespace

Error smt::proveFrame(ObligationWriter &writer) {
  for (unsigned width : accessWidths) {
    if (Error failure = FrameProver(writer).proveLoad(width))
      return failure;
    if (Error failure = FrameProver(writer).proveStore(width))
      return failure;
    if (Error failure = FrameProver(writer).proveCheckAccess(width))
      return failure;
  }
  if (Error failure = FrameProver(writer).proveSetField())
    return failure;
  if (Error failure = FrameProver(writer).proveCheckDelaySlot())
    return failure;
  if (Error failure = FrameProver(writer).proveNext())
    return failure;
  return FrameProver(writer).proveNullify();
}
