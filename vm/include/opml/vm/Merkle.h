//===- Merkle.h - Binary Merkle trees over 32-byte leaves -------*- C++ -*-===//
//
// Leaves are unhashed; an inner node is keccak256(left ‖ right). A tree of
// depth d has 2^d leaves. This is safe because every proof's length follows
// from a depth that is itself bound by the hash of what is proved.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_MERKLE_H
#define OPML_VM_MERKLE_H

#include "opml/vm/Keccak.h"
#include <vector>

namespace opml::vm {

inline constexpr unsigned leafBytes = 32;

/// Root of the subtree of the given depth all of whose leaves are `leaf`.
Hash uniformRoot(const Hash &leaf, unsigned depth);

/// Root of the all-zero subtree; depth <= 64, computed once.
const Hash &zeroRoot(unsigned depth);

/// The least d such that 2^d leaves hold `bytes` bytes (0 for 0..32 bytes).
unsigned depthForBytes(uint64_t bytes);

/// Root of the tree of depth `depth` over `bytes`, padded up to its
/// 2^(depth + 5) bytes with `pad`. Requires bytes.size() <= 2^(depth + 5) and
/// depth <= MerkleTree::maxDepth. Pages of padding cost nothing to hash. See
/// parallelFor for `threads`.
Hash merkleRoot(std::span<const uint8_t> bytes, unsigned depth, uint8_t pad = 0,
                unsigned threads = 0);

/// Folds a leaf (or subtree root) at `index` with its siblings, its own one
/// first and the child of the root last, up to the root.
Hash foldProof(Hash node, uint64_t index, std::span<const Hash> siblings);

/// Whether `siblings` prove that `node` is number `index` of the nodes `depth`
/// levels below `root`. Depth and index are what the verifier expects: a proof
/// of another length and an index of 2^depth or more are refused.
bool verifyProof(const Hash &root, unsigned depth, const Hash &node,
                 uint64_t index, std::span<const Hash> siblings);

} // namespace opml::vm

#endif // OPML_VM_MERKLE_H
