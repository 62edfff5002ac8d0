//===- FrameProver.cpp - Proofs about the contract's functions ------------===//

#include "FrameProver.h"
#include "Emit/SolidityFrame.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace opml::isa;
using namespace opml::isa::smt;

/// The numbers of causes are filled in when the contract is printed; here any
/// will do.
static StringRef contract() {
  static const std::string text = [] {
    std::string filled = contractHead.str();
    for (size_t at; (at = filled.find('%')) != std::string::npos;)
      filled.replace(at, filled.find('%', at + 1) + 1 - at, "4");
    return filled;
  }();
  return text;
}

FrameProver::FrameProver(ObligationWriter &writer)
    : writer(writer), run("yul", declarations) {
  run.contract = contract();
}

Error FrameProver::runFunction(StringRef name) {
  Expected<YulFunction> function = findFunction(contract(), name);
  if (!function)
    return function.takeError();
  for (StringRef parameter : function->parameters)
    run.bind(parameter, word(parameter));
  return run.run(function->body);
}

Error FrameProver::runFunction(StringRef name, ArrayRef<StringRef> calls) {
  if (Error failure = runFunction(name))
    return failure;
  if (!equal(run.effects, calls, [](const Effect &effect, StringRef call) {
        return effect.name == call;
      }))
    return error(name + " is expected to call " + join(calls, ", "));
  return Error::success();
}

std::string FrameProver::holds(size_t effect) {
  const std::optional<Term> &condition = run.effects[effect].condition;
  if (!condition)
    return "true";
  return apply("distinct", {condition->text, constant("0", wordBits).text});
}
