//===- StepSequence.h - Steps with hand-worked outcomes ---------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_STEPSEQUENCE_H
#define OPML_VM_TOOLS_STEPSEQUENCE_H

#include "MipsWords.h"
#include "VectorFile.h"
#include <utility>

namespace opml::vm {

/// Builds the vectors of a sequence. After step() come the changes that it
/// makes; pc moves on by itself.
class StepSequence {
public:
  StepSequence(std::vector<StepVector> &vectors, std::string name,
               uint32_t pc = 0x80)
      : vectors(vectors), name(std::move(name)) {
    state.pc = pc;
    state.nextPc = pc + 4;
  }

  StepSequence &given(mips::Gpr number, uint32_t value) {
    state.gpr[number] = value;
    return *this;
  }
  StepSequence &givenMemory(uint32_t address, uint32_t word) {
    memory[address] = word;
    return *this;
  }
  StepSequence &givenNextPc(uint32_t nextPc) {
    state.nextPc = nextPc;
    return *this;
  }

  StepSequence &step(uint32_t word) {
    StepVector vector;
    vector.name = name + "/" + std::to_string(steps++);
    vector.word = word;
    // The whole code tree, or 256 bytes of it; 8 KiB of memory.
    vector.codeDepth = state.pc >> 8 ? 27 : 3;
    vector.memDepth = 8;
    vector.pre = state;
    vector.memory = memory;
    state.pc = std::exchange(state.nextPc, state.nextPc + 4);
    vectors.push_back(std::move(vector));
    return ends();
  }
  StepSequence &sets(mips::Gpr number, uint32_t value) {
    state.gpr[number] = value;
    return ends();
  }
  StepSequence &setsHiLo(uint32_t hi, uint32_t lo) {
    state.hi = hi;
    state.lo = lo;
    return ends();
  }
  StepSequence &stores(uint32_t address, uint32_t word) {
    memory[address] = word;
    return ends();
  }
  StepSequence &branchesTo(uint32_t target) {
    state.nextPc = target;
    return ends();
  }
  StepSequence &traps(uint8_t cause) {
    state = vectors.back().pre;
    state.status = Status::Trapped;
    state.cause = cause;
    return ends();
  }

private:
  StepSequence &ends() {
    vectors.back().post = state;
    vectors.back().postMemory = memory;
    return *this;
  }

  std::vector<StepVector> &vectors;
  std::string name;
  Registers state;
  SparseMemory memory;
  unsigned steps = 0;
};

} // namespace opml::vm

#endif // OPML_VM_TOOLS_STEPSEQUENCE_H
