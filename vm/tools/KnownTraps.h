//===- KnownTraps.h - Where other machines went wrong -----------*- C++ -*-===//
//
// Short sequences whose outcome was worked out by hand from the manual, beyond
// those in the spec's own Tests: unaligned words across leaves and pages,
// jumps at the ends of their regions, branches in delay slots, shifts by more
// than 31, and what is made of results whose upper bits must have gone.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_KNOWNTRAPS_H
#define OPML_VM_TOOLS_KNOWNTRAPS_H

#include "VectorFile.h"

namespace opml::vm {

/// One vector for each step, all with `post`. The names of those of a sequence
/// begin with the sequence's.
std::vector<StepVector> knownTraps();

} // namespace opml::vm

#endif // OPML_VM_TOOLS_KNOWNTRAPS_H
