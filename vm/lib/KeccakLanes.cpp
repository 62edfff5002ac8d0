//===- KeccakLanes.cpp - Keccak of many nodes at once ---------------------===//
//
// Highway includes this file once for each instruction set, each time with
// another HWY_NAMESPACE, and picks one when a function is first called.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/KeccakLanes.h"
#include "KeccakConstants.h"
#include <algorithm>
#include <cstring>
#include <utility>

// Two lanes of SSE are slower than the reference; nothing here gains from what
// AVX3_DL adds; and SVE's vectors cannot be array elements.
#define HWY_DISABLED_TARGETS                                                   \
  (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 |     \
   HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "KeccakLanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace opml::vm::HWY_NAMESPACE {

/// One node by the reference.
void hashNode(const uint8_t *children, uint8_t *node) {
  Hash left, right;
  std::memcpy(left.data(), children, left.size());
  std::memcpy(right.data(), children + left.size(), right.size());
  Hash hash = hashPair(left, right);
  std::memcpy(node, hash.data(), hash.size());
}

#if HWY_TARGET == HWY_EMU128 || HWY_TARGET == HWY_SCALAR

size_t lanes() { return 1; }

void permute(uint64_t *state) {
  keccakF1600(std::span<uint64_t, 25>(state, 25));
}

void hashNodes(const uint8_t *children, uint8_t *nodes, size_t count) {
  for (size_t i = 0; i < count; ++i)
    hashNode(children + i * 2 * sizeof(Hash), nodes + i * sizeof(Hash));
}

#else

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::ScalableTag<uint64_t>;
using Words = hn::Vec<Tag>;

constexpr Tag tag;
constexpr size_t laneCount = hn::MaxLanes(tag);
static_assert(laneCount <= maxKeccakLanes);

template <int bits> HWY_INLINE Words rotateLeft(Words words) {
  return hn::RotateRight<(64 - bits) % 64>(words);
}

constexpr std::make_index_sequence<5> five;

/// What theta adds to each column: its neighbours' parities.
template <size_t... x>
HWY_INLINE void thetaColumns(const Words *state, Words *theta,
                             std::index_sequence<x...>) {
  Words parity[] = {hn::Xor3(hn::Xor3(state[x], state[x + 5], state[x + 10]),
                             state[x + 15], state[x + 20])...};
  ((theta[x] =
        hn::Xor(parity[(x + 4) % 5], rotateLeft<1>(parity[(x + 1) % 5]))),
   ...);
}

/// The rest of a round for the plane y that pi moves to, so that no more than
/// a plane is in flight; pi takes lane (x, y) from (x + 3 * y, x).
template <size_t y, size_t... x>
HWY_INLINE void plane(const Words *state, const Words *theta, Words *result,
                      std::index_sequence<x...>) {
  Words moved[] = {rotateLeft<keccakRotations[(x + 3 * y) % 5 + 5 * x]>(
      hn::Xor(state[(x + 3 * y) % 5 + 5 * x], theta[(x + 3 * y) % 5]))...};
  ((result[x + 5 * y] =
        hn::Xor(moved[x], hn::AndNot(moved[(x + 1) % 5], moved[(x + 2) % 5]))),
   ...);
}

template <size_t... y>
HWY_INLINE void round(const Words *state, Words *result, uint64_t constant,
                      std::index_sequence<y...>) {
  Words theta[5];
  thetaColumns(state, theta, five);
  (plane<y>(state, theta, result, five), ...);
  result[0] = hn::Xor(result[0], hn::Set(tag, constant));
}

/// The first and the last round stand apart: where words are known to be zero
/// before or are not used afterwards, the compiler leaves their part out.
HWY_INLINE void permuteWords(Words *state) {
  Words other[25];
  round(state, other, keccakRoundConstants[0], five);
  for (size_t i = 1; i + 1 < keccakRounds; i += 2) {
    round(other, state, keccakRoundConstants[i], five);
    round(state, other, keccakRoundConstants[i + 1], five);
  }
  round(other, state, keccakRoundConstants[keccakRounds - 1], five);
}

size_t lanes() { return laneCount; }

void permute(uint64_t *states) {
  Words words[25];
  for (size_t i = 0; i < 25; ++i)
    words[i] = hn::LoadU(tag, states + i * laneCount);
  permuteWords(words);
  for (size_t i = 0; i < 25; ++i)
    hn::StoreU(words[i], tag, states + i * laneCount);
}

/// Hashes laneCount nodes. Word i of child c is at children[4 * c + i]; even
/// children are left ones.
HWY_INLINE void hashVector(const uint64_t *children, uint64_t *nodes) {
  Words low[4], high[4], state[25];
  hn::LoadInterleaved4(tag, children, low[0], low[1], low[2], low[3]);
  hn::LoadInterleaved4(tag, children + 4 * laneCount, high[0], high[1], high[2],
                       high[3]);
  for (size_t i = 0; i < 4; ++i) {
    state[i] = hn::ConcatEven(tag, high[i], low[i]);
    state[i + 4] = hn::ConcatOdd(tag, high[i], low[i]);
  }
  std::fill(state + keccakPadLane, state + 25, hn::Zero(tag));
  state[keccakPadLane] = hn::Set(tag, keccakPad);
  state[keccakEndLane] = hn::Set(tag, keccakEnd);
  permuteWords(state);
  hn::StoreInterleaved4(state[0], state[1], state[2], state[3], tag, nodes);
}

void hashNodes(const uint8_t *children, uint8_t *nodes, size_t count) {
  constexpr size_t nodeBytes = sizeof(Hash);
  for (; count >= laneCount; count -= laneCount) {
    hashVector(reinterpret_cast<const uint64_t *>(children),
               reinterpret_cast<uint64_t *>(nodes));
    children += 2 * nodeBytes * laneCount;
    nodes += nodeBytes * laneCount;
  }
  if (count == 0)
    return;
  // With 16 registers a vector takes longer than one state in the reference.
  if (count == 1 && laneCount < 8)
    return hashNode(children, nodes);
  uint64_t buffer[8 * laneCount] = {};
  std::memcpy(buffer, children, 2 * nodeBytes * count);
  hashVector(buffer, buffer);
  std::memcpy(nodes, buffer, nodeBytes * count);
}

#endif

} // namespace opml::vm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace opml::vm {

HWY_EXPORT(lanes);
HWY_EXPORT(permute);
HWY_EXPORT(hashNodes);

size_t keccakLanes() { return HWY_DYNAMIC_DISPATCH(lanes)(); }

void keccakF1600Lanes(uint64_t *states) {
  HWY_DYNAMIC_DISPATCH(permute)(states);
}

void hashPairs(const uint8_t *children, uint8_t *nodes, size_t count) {
  HWY_DYNAMIC_DISPATCH(hashNodes)(children, nodes, count);
}

} // namespace opml::vm

#endif // HWY_ONCE
