//===- StateProofs.cpp - The state in the contract's memory ---------------===//

#include "FrameProver.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

namespace {

/// Where the contract has the state: that of vm::packState from here on.
constexpr unsigned stateAt = 0x80;
constexpr unsigned pcAt = stateAt, nextPcAt = stateAt + 4, hiAt = stateAt + 8,
                   loAt = stateAt + 12, gprAt = stateAt + 12, // less register 0
    statusAt = stateAt + 16 + 31 * 4, causeAt = statusAt + 1,
                   codeDepthAt = causeAt + 1 + 32, memDepthAt = codeDepthAt + 1;

Term wordConstant(unsigned value) { return constant(Twine(value), wordBits); }

class StateProver : public FrameProver {
public:
  explicit StateProver(ObligationWriter &writer);

  Error proveReader(StringRef name, unsigned place, unsigned width);
  Error proveWriter(StringRef name, unsigned place);
  Error proveGpr();
  Error proveSetGpr();
  Error proveSetField();
  Error proveEnd(StringRef name, unsigned status);
  Error proveProceed();
  Error proveNext();
  Error proveNullify();
  Error proveCheckDelaySlot();

private:
  void prove(StringRef name, ArrayRef<std::string> claims) {
    writer.prove("frame: " + name, declarations, conjunction(claims));
  }
  /// The highest bits of the word at that place of the contract's memory.
  Term fieldAt(const Term &place, unsigned width) {
    return extract({apply("memory.word", {place.text}), wordBits}, 255,
                   256 - width);
  }
  const Term &argument(size_t effect, size_t index) {
    return run.effects[effect].arguments[index];
  }
  std::string argumentIs(size_t effect, size_t index, unsigned value) {
    return equation(argument(effect, index), wordConstant(value));
  }
  std::string lowArgumentIs(size_t effect, size_t index, const Term &value) {
    return equation(truncate(argument(effect, index), value.width), value);
  }
};

StateProver::StateProver(ObligationWriter &writer) : FrameProver(writer) {
  declarations += "(declare-fun memory.word (Word) Word)\n";
  run.functions["mload"] = [](ArrayRef<Term> a) {
    return Term{apply("memory.word", {a[0].text}), wordBits};
  };
}

Error StateProver::proveReader(StringRef name, unsigned place, unsigned width) {
  Expected<Term> value = run.callFunction(name, {});
  if (!value)
    return value.takeError();
  prove(name, {equation(*value, zeroExtend(fieldAt(wordConstant(place), width),
                                           wordBits))});
  return Error::success();
}

Error StateProver::proveWriter(StringRef name, unsigned place) {
  if (Error failure = runFunction(name, {"setField"}))
    return failure;
  prove(name, {argumentIs(0, 0, place),
               equation(argument(0, 1), {"value", wordBits})});
  return Error::success();
}

/// The place of a register other than $zero.
Term registerPlace(const Term &number) {
  return {formatv("(bvadd {0} (bvmul {1} {2}))", wordConstant(gprAt).text,
                  wordConstant(4).text, zeroExtend(number, wordBits).text),
          wordBits};
}

Error StateProver::proveGpr() {
  Term number = declare("number", 5, declarations);
  Expected<Term> value =
      run.callFunction("gpr", {zeroExtend(number, wordBits)});
  if (!value)
    return value.takeError();
  Term content{formatv("(ite (= number (_ bv0 5)) (_ bv0 32) {0})",
                       fieldAt(registerPlace(number), 32).text),
               32};
  prove("gpr", {equation(*value, zeroExtend(content, wordBits))});
  return Error::success();
}

Error StateProver::proveSetGpr() {
  if (Error failure = runFunction("setGpr", {"setField"}))
    return failure;
  Term number{"((_ extract 4 0) register)", 5};
  std::string clean = "(bvult register (_ bv32 256))";
  writer.prove(
      "frame: setGpr", declarations,
      apply("=>",
            {clean,
             conjunction(
                 {apply("=", {holds(0), "(distinct register (_ bv0 256))"}),
                  equation(argument(0, 0), registerPlace(number)),
                  equation(argument(0, 1), {"value", wordBits})})}));
  return Error::success();
}

/// Garbage above 32 bits goes nowhere, and the bytes behind the field stay.
Error StateProver::proveSetField() {
  Term old = word("old");
  known("mload", old);
  if (Error failure = runFunction("setField", {"mstore"}))
    return failure;
  Term kept = extract(old, 223, 0);
  Term field{"((_ extract 31 0) value)", 32};
  prove("setField",
        {equation(argument(0, 0), {"at", wordBits}),
         equation(argument(0, 1),
                  {apply("concat", {field.text, kept.text}), wordBits})});
  return Error::success();
}

/// trap and halt: nothing changes but the status, and the cause of a trap.
Error StateProver::proveEnd(StringRef name, unsigned status) {
  bool traps = name == "trap";
  SmallVector<StringRef, 3> calls(traps ? 2 : 1, "mstore8");
  calls.push_back("finish");
  if (Error failure = runFunction(name, calls))
    return failure;
  std::vector<std::string> claims = {argumentIs(0, 0, statusAt),
                                     argumentIs(0, 1, status)};
  if (traps) {
    claims.push_back(argumentIs(1, 0, causeAt));
    claims.push_back(equation(argument(1, 1), {"cause", wordBits}));
  }
  prove(name, claims);
  return Error::success();
}

/// pc becomes nextPc, nextPc becomes the target.
Error StateProver::proveProceed() {
  Term nextPc = declare("nextPc", 32, declarations);
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure =
          runFunction("proceed", {"setField", "setField", "finish"}))
    return failure;
  prove("proceed", {argumentIs(0, 0, pcAt), lowArgumentIs(0, 1, nextPc),
                    argumentIs(1, 0, nextPcAt),
                    lowArgumentIs(1, 1, {"((_ extract 31 0) target)", 32})});
  return Error::success();
}

Error StateProver::proveNext() {
  Term nextPc = declare("nextPc", 32, declarations);
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure = runFunction("next", {"proceed"}))
    return failure;
  prove("next", {lowArgumentIs(0, 0, {"(bvadd nextPc (_ bv4 32))", 32})});
  return Error::success();
}

/// pc becomes nextPc + 4, nextPc becomes nextPc + 8.
Error StateProver::proveNullify() {
  Term nextPc = declare("nextPc", 32, declarations);
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure =
          runFunction("nullify", {"setField", "setField", "finish"}))
    return failure;
  prove("nullify", {argumentIs(0, 0, pcAt),
                    lowArgumentIs(0, 1, {"(bvadd nextPc (_ bv4 32))", 32}),
                    argumentIs(1, 0, nextPcAt),
                    lowArgumentIs(1, 1, {"(bvadd nextPc (_ bv8 32))", 32})});
  return Error::success();
}

Error StateProver::proveCheckDelaySlot() {
  Term pc = declare("pc", 32, declarations);
  Term nextPc = declare("nextPc", 32, declarations);
  known("programCounter", zeroExtend(pc, wordBits));
  known("nextProgramCounter", zeroExtend(nextPc, wordBits));
  if (Error failure = runFunction("checkDelaySlot", {"trap"}))
    return failure;
  prove("checkDelaySlot",
        {apply("=", {holds(0), "(distinct nextPc (bvadd pc (_ bv4 32)))"})});
  return Error::success();
}

} // namespace

Error smt::proveState(ObligationWriter &writer) {
  struct Field {
    StringRef function;
    unsigned place, width;
  };
  for (Field field : {Field{"programCounter", pcAt, 32},
                      {"nextProgramCounter", nextPcAt, 32},
                      {"highWord", hiAt, 32},
                      {"lowWord", loAt, 32},
                      {"codeDepth", codeDepthAt, 8},
                      {"memoryDepth", memDepthAt, 8}})
    if (Error failure = StateProver(writer).proveReader(
            field.function, field.place, field.width))
      return failure;
  if (Error failure = StateProver(writer).proveWriter("setHighWord", hiAt))
    return failure;
  if (Error failure = StateProver(writer).proveWriter("setLowWord", loAt))
    return failure;
  constexpr unsigned halted = 1, trapped = 2;
  if (Error failure = StateProver(writer).proveEnd("halt", halted))
    return failure;
  if (Error failure = StateProver(writer).proveEnd("trap", trapped))
    return failure;
  for (auto proof : {&StateProver::proveGpr, &StateProver::proveSetGpr,
                     &StateProver::proveSetField, &StateProver::proveProceed,
                     &StateProver::proveNext, &StateProver::proveNullify,
                     &StateProver::proveCheckDelaySlot})
    if (Error failure = (StateProver(writer).*proof)())
      return failure;
  return Error::success();
}
