//===- VectorFile.h - The spec's test vectors, read back --------*- C++ -*-===//
//
// The format is described in solidity-gen/lib/Emit/EmitVectors.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_VECTORFILE_H
#define OPML_VM_VECTORFILE_H

#include "opml/vm/Error.h"
#include "opml/vm/Interpreter.h"
#include <map>

namespace opml::vm {

/// Data words by address; all others are zero.
using SparseMemory = std::map<uint32_t, uint32_t>;

/// The bytes of a memory of that depth with these words in it.
std::vector<uint8_t> denseMemory(const SparseMemory &words, unsigned depth);

struct StepVector {
  std::string name;
  uint32_t word = 0; // at pre.pc; all other code is 0xff
  unsigned codeDepth = 0, memDepth = 0;
  Registers pre;
  SparseMemory memory;
  /// What must come out, where that was worked out by hand.
  std::optional<Registers> post;
  SparseMemory postMemory;
};

/// Reads a file that opml-isa-gen --emit=vectors wrote.
Expected<std::vector<StepVector>> readVectors(const std::string &path);

/// Code with one instruction at an arbitrary address. The words before it are
/// address space only, so that all 2^32 bytes of code can be reached.
class OneInstruction {
public:
  OneInstruction(uint32_t word, uint32_t pc, unsigned depth);
  OneInstruction(const OneInstruction &) = delete;
  OneInstruction &operator=(const OneInstruction &) = delete;
  ~OneInstruction();

  Code code() const { return {{base, count}, depth}; }

private:
  Instruction *base = nullptr;
  size_t count;
  unsigned depth;
};

} // namespace opml::vm

#endif // OPML_VM_VECTORFILE_H
