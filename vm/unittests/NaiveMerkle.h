//===- NaiveMerkle.h - Merkle trees by their definition ---------*- C++ -*-===//
//
// What the trees are tested against: the recursion of docs/image-format.md
// over the leaves that are not padding, with nothing shared with vm/lib but
// keccak256.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_UNITTESTS_NAIVEMERKLE_H
#define OPML_VM_UNITTESTS_NAIVEMERKLE_H

#include "opml/vm/Keccak.h"
#include <algorithm>
#include <map>
#include <vector>

namespace opml::vm::test {

struct NaiveMerkle {
  std::map<uint64_t, Hash> leaves; // by index
  uint8_t pad = 0;
  std::vector<Hash> padding; // roots of all-padding subtrees, by depth

  explicit NaiveMerkle(uint8_t pad = 0) : pad(pad), padding(1) {
    padding[0].fill(pad);
    while (padding.size() < 64)
      padding.push_back(parent(padding.back(), padding.back()));
  }

  NaiveMerkle(const std::vector<uint8_t> &bytes, uint8_t pad)
      : NaiveMerkle(pad) {
    for (size_t i = 0; i < bytes.size(); ++i)
      set(i, bytes[i]);
  }

  void set(uint64_t address, uint8_t byte) {
    leaves.try_emplace(address / 32, padding[0]).first->second[address % 32] =
        byte;
  }

  Hash leaf(uint64_t index) const {
    auto found = leaves.find(index);
    return found == leaves.end() ? padding[0] : found->second;
  }

  /// The root of subtree `index` of those of this depth.
  Hash root(unsigned depth, uint64_t index = 0) const {
    auto first = leaves.lower_bound(index << depth);
    if (first == leaves.end() || first->first >> depth != index)
      return padding[depth];
    if (depth == 0)
      return first->second;
    return parent(root(depth - 1, 2 * index), root(depth - 1, 2 * index + 1));
  }

  std::vector<Hash> proof(unsigned depth, uint64_t index) const {
    std::vector<Hash> siblings(depth);
    for (unsigned d = 0; d < depth; ++d)
      siblings[d] = root(d, (index >> d) ^ 1);
    return siblings;
  }

  static Hash parent(const Hash &left, const Hash &right) {
    std::array<uint8_t, 64> both;
    std::ranges::copy(right, std::ranges::copy(left, both.begin()).out);
    return keccak256(both);
  }
};

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_NAIVEMERKLE_H
