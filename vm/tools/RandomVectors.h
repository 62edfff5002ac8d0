//===- RandomVectors.h - Random machine states, also odd ones ---*- C++ -*-===//

#ifndef OPML_VM_TOOLS_RANDOMVECTORS_H
#define OPML_VM_TOOLS_RANDOMVECTORS_H

#include "VectorFile.h"

namespace opml::vm {

/// `count` single steps from states that no run need ever reach: any status
/// and cause byte, pc and nextPc anywhere, registers at the edges, accesses
/// around the ends of memory, words that may be reserved. `spec`, which is not
/// empty, gives the words that are varied. The same seed gives the same steps.
std::vector<StepVector> randomVectors(const std::vector<StepVector> &spec,
                                      uint64_t count, uint64_t seed);

/// Where a vector's word stands: its pc, brought inside the code tree.
uint32_t codeAddress(const StepVector &vector);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_RANDOMVECTORS_H
