//===- LoopBounds.cpp - Worst-case trip counts from LLVM ------------------===//
//
// The step bound of a node rests on this: how often control goes back in the
// loops of the final IR. Code generation after this point adds no loop and
// makes none go round more often, so the bound holds for the machine code.
//
//===----------------------------------------------------------------------===//

#include "opml/Target/Mips.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/Analysis/CFG.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::compiler;

namespace {

/// How often each loop's body runs when its function is called once.
class LoopCounts {
public:
  LoopCounts(const LoopInfo &loops, ScalarEvolution &evolution)
      : evolution(evolution) {
    for (const Loop *loop : loops)
      add(*loop, 1);
  }

  bool bounded = true;
  uint64_t backEdges = 0;

  uint64_t iterations(const Loop *loop) const {
    return loop ? counts.lookup(loop) : 1;
  }

private:
  void add(const Loop &loop, uint64_t entries) {
    auto *count = dyn_cast<SCEVConstant>(
        evolution.getConstantMaxBackedgeTakenCount(&loop));
    if (!count) {
      bounded = false;
      return;
    }
    uint64_t perEntry = count->getAPInt().getLimitedValue();
    backEdges = SaturatingMultiplyAdd(entries, perEntry, backEdges);
    uint64_t total =
        SaturatingMultiply(entries, SaturatingAdd(perEntry, uint64_t(1)));
    counts[&loop] = total;
    for (const Loop *inner : loop)
      add(*inner, total);
  }

  ScalarEvolution &evolution;
  DenseMap<const Loop *, uint64_t> counts;
};

Expected<mips::LoopBounds> boundFunction(Function &function,
                                         FunctionAnalysisManager &manager) {
  auto &loops = manager.getResult<LoopAnalysis>(function);
  // LoopInfo does not see a cycle that can be entered in two places.
  ReversePostOrderTraversal<Function *> order(&function);
  if (containsIrreducibleCFG<const BasicBlock *>(order, loops))
    return createStringError("node function '" + function.getName() +
                             "': a cycle is not a loop, so its steps have no "
                             "bound");
  LoopCounts counts(loops,
                    manager.getResult<ScalarEvolutionAnalysis>(function));
  if (!counts.bounded)
    return createStringError(
        "node function '" + function.getName() +
        "': a loop has no constant bound, so neither have its steps");
  mips::LoopBounds bounds;
  bounds.backEdges = counts.backEdges;
  for (Instruction &instruction : instructions(function)) {
    auto *memory = dyn_cast<MemIntrinsic>(&instruction);
    if (!memory)
      continue;
    auto *length = dyn_cast<ConstantInt>(memory->getLength());
    if (!length)
      return createStringError("node function '" + function.getName() +
                               "': a memory operation of unknown size");
    uint64_t times = counts.iterations(loops.getLoopFor(memory->getParent()));
    bounds.memoryOps = SaturatingAdd(bounds.memoryOps, times);
    bounds.memoryBytes = SaturatingMultiplyAdd(times, length->getZExtValue(),
                                               bounds.memoryBytes);
  }
  return bounds;
}

} // namespace

Expected<StringMap<mips::LoopBounds>> mips::boundLoops(Module &module,
                                                       TargetMachine &machine) {
  FunctionAnalysisManager manager;
  PassBuilder(&machine).registerFunctionAnalyses(manager);
  StringMap<LoopBounds> result;
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    Expected<LoopBounds> bounds = boundFunction(function, manager);
    if (!bounds)
      return bounds.takeError();
    result[function.getName()] = *bounds;
  }
  return result;
}
