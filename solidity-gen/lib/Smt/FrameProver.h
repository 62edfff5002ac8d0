//===- FrameProver.h - Proofs about the contract's functions ----*- C++ -*-===//

#ifndef OPML_ISA_SMT_FRAMEPROVER_H
#define OPML_ISA_SMT_FRAMEPROVER_H

#include "Proofs.h"
#include "YulProgram.h"

namespace opml::isa::smt {

/// One proof about a function of the frame in SolidityFrame.h.
class FrameProver {
public:
  explicit FrameProver(ObligationWriter &writer);

protected:
  Term word(llvm::StringRef name) {
    return declare(name, wordBits, declarations);
  }
  /// Has the function be run; its parameters are declared as words.
  llvm::Error runFunction(llvm::StringRef name);
  /// The same, and the calls it makes must be those, in this order.
  llvm::Error runFunction(llvm::StringRef name,
                          llvm::ArrayRef<llvm::StringRef> calls);
  /// What a function without parameters that matter gives.
  void known(llvm::StringRef function, const Term &value) {
    run.functions[function] = [value](llvm::ArrayRef<Term>) { return value; };
  }
  /// That the effect takes place.
  std::string holds(size_t effect);

  ObligationWriter &writer;
  std::string declarations;
  YulRun run;
};

/// That the state's fields are where the contract's description says, and that
/// steps end as they should.
llvm::Error proveState(ObligationWriter &writer);

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_FRAMEPROVER_H
