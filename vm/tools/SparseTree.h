//===- SparseTree.h - A Merkle tree of few leaves ---------------*- C++ -*-===//
//
// Written apart from Merkle.cpp and MerkleTree.cpp: its proofs are checked by
// the contract, and its roots against theirs.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_TOOLS_SPARSETREE_H
#define OPML_VM_TOOLS_SPARSETREE_H

#include "opml/vm/Merkle.h"
#include <map>

namespace opml::vm {

class SparseTree {
public:
  /// A tree all of whose leaves consist of `pad`.
  SparseTree(unsigned depth, uint8_t pad);

  void set(uint64_t index, const Hash &leaf) { leaves[index] = leaf; }
  const Hash &leaf(uint64_t index) const;
  Hash root() const { return node(depth, 0); }
  /// From the leaf's sibling up to the child of the root.
  std::vector<Hash> proof(uint64_t index) const;

private:
  /// Above the leaves index * 2^height, …
  Hash node(unsigned height, uint64_t index) const;

  unsigned depth;
  const std::vector<Hash> &padding; // roots of uniform trees
  std::map<uint64_t, Hash> leaves;
};

} // namespace opml::vm

#endif // OPML_VM_TOOLS_SPARSETREE_H
