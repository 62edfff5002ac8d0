//===- SiteProgram.h - Translated code around many words --------*- C++ -*-===//
//
// The translator compiles functions, and takes steps by blocks. To have it
// execute one word after another from arbitrary states, they stand in a chain
// that is one function: behind a call, so that the translated code has an entry
// there, and with a branch that ends the block soon after the word.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_UNITTESTS_SITEPROGRAM_H
#define OPML_VM_UNITTESTS_SITEPROGRAM_H

#include "../tools/RandomVectors.h"
#include "opml/vm/Memory.h"
#include "opml/vm/Translator.h"
#include <set>

namespace opml::vm::test {

/// A code tree with words at some addresses. Only those cost anything, so that
/// all 2^32 bytes of code can be reached.
class SparseCode {
public:
  using Words = std::map<uint32_t, uint32_t>;

  /// Words outside the tree are ignored. `asProgram`: decoded together, so that
  /// the interpreter can take blocks.
  SparseCode(const Words &words, unsigned depth, bool asProgram);
  SparseCode(const SparseCode &) = delete;
  SparseCode &operator=(const SparseCode &) = delete;
  ~SparseCode();

  Code code() const { return {{base, count}, depth}; }

private:
  void decodeRun(std::vector<uint32_t> words, size_t first);

  Instruction *base = nullptr;
  size_t count;
  unsigned depth;
};

/// Where the word of a site stands in its block.
enum class Place {
  First,     // word, nop, branch on, nop
  DelaySlot, // branch on, word
};

/// Three memories of each depth, with the same content before each step.
class MemoryCopies {
public:
  /// The memories of that depth, with these words in each and zeros otherwise.
  std::vector<Memory> &prepare(unsigned depth, const SparseMemory &words);
  /// True if the memories prepared last are the same. Large ones are compared,
  /// and cleared for the next time, in the pages of the words prepared and of
  /// `touched` only.
  bool takeEqual(std::optional<uint32_t> touched);

private:
  std::map<unsigned, std::vector<Memory>> byDepth;
  std::vector<Memory> *current = nullptr;
  std::set<uint32_t> pages;
};

/// True in states from which translated code can go on: between the blocks that
/// it consists of, a machine is in no delay slot.
bool isTranslatable(const Registers &registers);

/// True if the address of the step's access is base + offset modulo 2^32 only:
/// the translator leaves such accesses to the interpreter.
bool wrapsAround(const StepVector &step);

/// A program of sites, on the interpreter step by step, on the interpreter in
/// blocks, and on the translator. All must leave the same states and memories.
class SiteRunner {
public:
  SiteRunner(const StepGroup &group, Place place);

  struct Outcome {
    /// The machine runs after the step.
    bool completes = false;
    uint8_t cause = 0; // if it has trapped
    /// Some number of steps that contains this one was executed in translated
    /// code alone.
    bool translated = false;

    void setEnd(const Registers &after);
  };
  /// Executes the step, and with it what follows in its block.
  Outcome run(const StepVector &step);

private:
  void forgetTranslations();
  Outcome runFrom(const StepVector &step);
  Registers runAll(const StepVector &step, const Registers &start,
                   uint64_t steps, Outcome &outcome);
  /// From the word before the site, so that its own is inside a block.
  void interpretInBlock(const StepVector &step, uint64_t steps);
  void expectSameMemories(const StepVector &step, uint64_t steps);

  Place place;
  SparseCode alone, linked;
  Code singly, program;
  MemoryCopies memories;
  std::unique_ptr<Translator> translator;
};

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_SITEPROGRAM_H
