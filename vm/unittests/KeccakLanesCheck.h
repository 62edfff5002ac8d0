//===- KeccakLanesCheck.h - Vectors against the reference -------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_KECCAKLANESCHECK_H
#define OPML_VM_UNITTESTS_KECCAKLANESCHECK_H

#include "opml/vm/KeccakLanes.h"
#include <algorithm>
#include <random>
#include <vector>

namespace opml::vm::test {

/// Permutes keccakLanes() random states at once.
inline bool permutationAgrees(std::mt19937_64 &random) {
  size_t lanes = keccakLanes();
  std::vector<uint64_t> states(25 * lanes);
  std::ranges::generate(states, random);
  std::vector<uint64_t> before = states;
  keccakF1600Lanes(states.data());
  for (size_t i = 0; i < lanes; ++i) {
    std::array<uint64_t, 25> state;
    for (size_t word = 0; word < 25; ++word)
      state[word] = before[word * lanes + i];
    keccakF1600(state);
    for (size_t word = 0; word < 25; ++word)
      if (states[word * lanes + i] != state[word])
        return false;
  }
  return true;
}

/// Hashes random nodes, so many bytes off alignment, apart and in place.
inline bool pairsAgree(std::mt19937_64 &random, size_t count,
                       size_t misalignment) {
  std::vector<uint8_t> children(misalignment + 64 * count);
  std::vector<uint8_t> nodes(misalignment + 32 * count), expected;
  std::ranges::generate(children, [&] { return uint8_t(random()); });
  for (size_t i = 0; i < count; ++i) {
    Hash node =
        keccak256(std::span(children).subspan(misalignment + 64 * i, 64));
    expected.insert(expected.end(), node.begin(), node.end());
  }
  uint8_t *first = children.data() + misalignment;
  hashPairs(first, nodes.data() + misalignment, count);
  hashPairs(first, first, count);
  return std::ranges::equal(std::span(nodes).subspan(misalignment), expected) &&
         std::equal(expected.begin(), expected.end(), first);
}

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_KECCAKLANESCHECK_H
