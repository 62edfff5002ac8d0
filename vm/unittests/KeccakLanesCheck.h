//===- KeccakLanesCheck.h - Vectors against the reference -------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_KECCAKLANESCHECK_H
#define OPML_VM_UNITTESTS_KECCAKLANESCHECK_H

#include "KeccakVectors.h"
#include "opml/vm/KeccakLanes.h"
#include <algorithm>
#include <random>
#include <vector>

namespace opml::vm::test {

/// Each published state in every lane, others beside it.
inline bool
publishedPermutationsAgree(const std::vector<PermutationVector> &vectors) {
  size_t lanes = keccakLanes();
  for (size_t shift = 0; shift < vectors.size(); ++shift) {
    auto vectorOf = [&](size_t lane) -> const PermutationVector & {
      return vectors[(lane + shift) % vectors.size()];
    };
    std::vector<uint64_t> states(25 * lanes), expected;
    for (size_t i = 0; i < states.size(); ++i) {
      states[i] = vectorOf(i % lanes).front()[i / lanes];
      expected.push_back(vectorOf(i % lanes).back()[i / lanes]);
    }
    keccakF1600Lanes(states.data());
    if (states != expected)
      return false;
  }
  return !vectors.empty();
}

/// Each published digest of 64 bytes, which are a node, in every lane.
inline bool publishedNodesAgree(const std::vector<MessageVector> &vectors) {
  size_t lanes = keccakLanes(), checked = 0;
  for (const auto &[message, digest] : vectors)
    for (size_t lane = 0; message.size() == 64 && lane < lanes; ++lane) {
      std::vector<uint8_t> children(64 * lanes), nodes(32 * lanes);
      std::ranges::copy(message, children.begin() + ptrdiff_t(64 * lane));
      hashPairs(children.data(), nodes.data(), lanes);
      if (!std::ranges::equal(std::span(nodes).subspan(32 * lane, 32), digest))
        return false;
      ++checked;
    }
  return checked > 0;
}

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
