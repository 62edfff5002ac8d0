//===- RandomVectors.h - Random machine states, also odd ones ---*- C++ -*-===//
//
// Single steps from states that no run need ever reach: registers at the edges
// and at random, registers that coincide, accesses around the ends of leaves
// and of memory, words that may be reserved, code around the 256 MiB regions of
// jumps, any status, any nextPc.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_RANDOMVECTORS_H
#define OPML_VM_TOOLS_RANDOMVECTORS_H

#include "Encodings.h"

namespace opml::vm {

/// Steps of words that stand `siteBytes` apart in one code tree, so that a
/// program can hold them all, with other code around each.
struct StepGroup {
  static constexpr uint32_t siteBytes = 24;

  struct Site {
    uint32_t pc;
    uint32_t word;
  };
  unsigned codeDepth = 0;
  std::vector<Site> sites;
  /// Most have the pc and the word of a site, aligned and inside the code tree;
  /// those that cannot fetch have another pc.
  std::vector<StepVector> steps;
};

/// At least 1,000 steps of an instruction that execute it, in a group at low
/// addresses and one at a border of a jump's region; and some that do not, from
/// machines that have stopped or cannot fetch. Others in each round.
std::vector<StepGroup> instructionSteps(const Encoding &encoding,
                                        uint64_t round);

/// One step each of `count` random words of each kind, in groups that are not
/// too large for a program.
std::vector<StepGroup> wordSteps(const std::vector<Encoding> &encodings,
                                 uint64_t count);

/// Where a vector's word stands: its pc, brought inside the code tree.
uint32_t codeAddress(const StepVector &vector);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_RANDOMVECTORS_H
