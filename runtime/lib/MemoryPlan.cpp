//===- MemoryPlan.cpp - Where activations lie in a session's memory -------===//

#include "MemoryPlan.h"
#include <algorithm>

using namespace opml;
using namespace opml::runtime;

namespace {

/// A value's place in time, from its own node to the last that reads it, and
/// in memory.
struct Lifetime {
  uint32_t value = 0;
  uint64_t bytes = 0;
  size_t first = 0, last = 0;
  uint64_t offset = 0;

  bool meets(const Lifetime &other) const {
    return first <= other.last && other.first <= last;
  }
};

std::vector<Lifetime> lifetimes(const Manifest &manifest) {
  std::vector<Lifetime> all(manifest.values.size());
  for (uint32_t i = 0; i < all.size(); ++i)
    all[i] = {i, alignedBytes(manifest.values[i].type.bytes())};
  for (size_t node = 0; node < manifest.nodes.size(); ++node) {
    for (const Slot &slot : manifest.nodes[node].results)
      all[slot.value].first = all[slot.value].last = node;
    for (const Slot &slot : manifest.nodes[node].operands)
      all[slot.value].last = node;
  }
  // They are the caller's, who reads and writes them between runs.
  for (const auto *ports : {&manifest.inputs, &manifest.outputs})
    for (const Port &port : *ports)
      all[port.value].last = manifest.nodes.size();
  std::erase_if(all, [&](const Lifetime &lifetime) {
    return manifest.values[lifetime.value].kind == Value::Kind::Weight;
  });
  return all;
}

/// The lowest place beside those that are taken at the same time, which are
/// ordered by their offsets.
uint64_t place(const Lifetime &lifetime, const std::vector<Lifetime> &placed) {
  uint64_t offset = 0;
  for (const Lifetime &other : placed) {
    if (!lifetime.meets(other))
      continue;
    if (offset + lifetime.bytes <= other.offset)
      break;
    offset = std::max(offset, other.offset + other.bytes);
  }
  return offset;
}

} // namespace

MemoryPlan opml::runtime::planMemory(const Manifest &manifest) {
  std::vector<Lifetime> waiting = lifetimes(manifest), placed;
  // Small values fit between large ones, not the other way round.
  std::ranges::sort(waiting, std::ranges::greater(), [](const Lifetime &one) {
    return std::pair(one.bytes, one.value);
  });
  MemoryPlan plan;
  plan.offsets.resize(manifest.values.size());
  for (Lifetime &lifetime : waiting) {
    lifetime.offset = place(lifetime, placed);
    plan.offsets[lifetime.value] = lifetime.offset;
    plan.bytes = std::max(plan.bytes, lifetime.offset + lifetime.bytes);
    placed.insert(std::ranges::upper_bound(placed, lifetime.offset, {},
                                           &Lifetime::offset),
                  lifetime);
  }
  return plan;
}
