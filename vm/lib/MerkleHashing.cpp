//===- MerkleHashing.cpp - Pages and nodes, hashed in batches -------------===//

#include "MerkleHashing.h"
#include "opml/vm/KeccakLanes.h"
#include <algorithm>
#include <cstring>

using namespace opml::vm;

static std::shared_ptr<const std::vector<Hash>> buildPadding(uint8_t pad,
                                                             unsigned depth) {
  auto roots = std::make_shared<std::vector<Hash>>(1);
  roots->front().fill(pad);
  while (roots->size() <= depth)
    roots->push_back(hashPair(roots->back(), roots->back()));
  return roots;
}

std::shared_ptr<const std::vector<Hash>>
opml::vm::paddingRoots(uint8_t pad, unsigned depth) {
  static const auto zeroRoots = buildPadding(0, 64);
  return pad == 0 ? zeroRoots : buildPadding(pad, depth);
}

void opml::vm::hashLevels(const uint8_t *nodes, size_t count, unsigned levels,
                          uint8_t *result) {
  if (levels == 0)
    std::memcpy(result, nodes, count * sizeof(Hash));
  for (; levels > 0; --levels, nodes = result) {
    count /= 2;
    hashPairs(nodes, result, count);
  }
}

std::span<const uint8_t> PaddedPages::content(uint64_t page) const {
  unsigned shift = pageDepth + 5;
  if (copyOf)
    return {(*copyOf)(uint32_t(page)), size_t(1) << shift};
  if (page > (bytes.size() >> shift))
    return {};
  std::span<const uint8_t> rest = bytes.subspan(page << shift);
  return rest.first(std::min(rest.size(), size_t(1) << shift));
}

bool PaddedPages::isPadding(uint64_t page) const {
  std::span<const uint8_t> own = content(page);
  return own.empty() ||
         (own[0] == pad &&
          std::memcmp(own.data(), own.data() + 1, own.size() - 1) == 0);
}

const uint8_t *PaddedPages::page(uint64_t page, Buffer &buffer) const {
  std::span<const uint8_t> own = content(page);
  size_t size = size_t(leafBytes) << pageDepth;
  if (own.size() == size)
    return own.data();
  std::fill_n(std::ranges::copy(own, buffer.begin()).out, size - own.size(),
              pad);
  return buffer.data();
}

void PageBatch::add(uint64_t page, Hash *root) {
  if (pages.isPadding(page)) {
    *root = paddingRoot;
    return;
  }
  PaddedPages::Buffer padded;
  std::array<uint8_t, sizeof padded / 2> hashed;
  unsigned depth = pages.depth(), depthLeft = std::min(depth, maxNodeDepth);
  hashLevels(pages.page(page, padded), size_t(1) << depth, depth - depthLeft,
             hashed.data());
  std::memcpy(nodes[size << depthLeft].data(), hashed.data(),
              sizeof(Hash) << depthLeft);
  roots[size++] = root;
  count += (uint64_t(1) << depth) - 1;
  if (size == capacity)
    flush();
}

void PageBatch::flush() {
  unsigned depth = std::min(pages.depth(), maxNodeDepth);
  hashLevels(nodes[0].data(), size << depth, depth, nodes[0].data());
  for (size_t i = 0; i < size; ++i)
    *roots[i] = nodes[i];
  size = 0;
}

void NodeBatch::setPadding(const Hash &child, const Hash &node) {
  paddingChild = &child;
  paddingNode = &node;
}

void NodeBatch::add(const Hash *children, Hash *node) {
  if (children[0] == *paddingChild && children[1] == *paddingChild) {
    *node = *paddingNode;
    return;
  }
  pairs[2 * size] = children[0];
  pairs[2 * size + 1] = children[1];
  nodes[size++] = node;
  ++count;
  if (size == capacity)
    flush();
}

void NodeBatch::flush() {
  hashPairs(pairs[0].data(), pairs[0].data(), size);
  for (size_t i = 0; i < size; ++i)
    *nodes[i] = pairs[i];
  size = 0;
}
