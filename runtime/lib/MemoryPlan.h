//===- MemoryPlan.h - Where activations lie in a session's memory -*- C++ -*-=//

#ifndef OPML_RUNTIME_LIB_MEMORYPLAN_H
#define OPML_RUNTIME_LIB_MEMORYPLAN_H

#include "opml/runtime/Image.h"

namespace opml::runtime {

/// A cache line, and the largest vector.
inline constexpr uint64_t bufferAlignment = 64;

inline uint64_t alignedBytes(uint64_t bytes) {
  return (bytes + bufferAlignment - 1) / bufferAlignment * bufferAlignment;
}

/// One block of memory for the inputs and activations of a model, in which
/// values that are never needed at the same time may share a place.
struct MemoryPlan {
  std::vector<uint64_t> offsets; // one per value; weights lie elsewhere
  uint64_t bytes = 0;
};

MemoryPlan planMemory(const Manifest &manifest);

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_MEMORYPLAN_H
