//===- KeccakLanes.h - Keccak of many nodes at once -------------*- C++ -*-===//
//
// The permutation of Keccak.h on several independent states in the lanes of a
// vector: 8 with AVX-512, 4 with AVX2, 2 with NEON, otherwise one by the
// reference. The widest that the CPU has is picked at run time.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_KECCAKLANES_H
#define OPML_VM_KECCAKLANES_H

#include "opml/vm/Keccak.h"

namespace opml::vm {

/// Hashes `count` inner nodes: node i is hashPair of the 32-byte children 2i
/// and 2i + 1, which follow one another at `children`. `nodes` takes the
/// count * 32 bytes; it may be `children` itself, but not overlap otherwise.
void hashPairs(const uint8_t *children, uint8_t *nodes, size_t count);

/// How many states the CPU's widest permutation takes, at most maxKeccakLanes.
size_t keccakLanes();
inline constexpr size_t maxKeccakLanes = 8;

/// Keccak-f[1600] on keccakLanes() states; word i of state s stands at
/// states[i * keccakLanes() + s].
void keccakF1600Lanes(uint64_t *states);

} // namespace opml::vm

#endif // OPML_VM_KECCAKLANES_H
