//===- MerkleTree.cpp - A Merkle tree kept up to date ---------------------===//

#include "opml/vm/MerkleTree.h"
#include <algorithm>
#include <cstring>

using namespace opml::vm;

MerkleTree::MerkleTree(unsigned depth, uint8_t pad)
    : pageDepth(std::min(depth, maxPageDepth)),
      pages(size_t(1) << (depth - pageDepth)) {
  padding.fill(pad);
  Hash root = merkleRoot({}, pageDepth, pad);
  for (unsigned d = pageDepth; d <= depth; ++d) {
    levels.emplace_back(size_t(1) << (depth - d), root);
    root = hashPair(root, root);
  }
}

std::span<const uint8_t> MerkleTree::pageBytes(uint64_t page) const {
  const Page &bytes = pages[page] ? *pages[page] : padding;
  return std::span(bytes).first(size_t(leafBytes) << pageDepth);
}

bool MerkleTree::updatePage(uint64_t page, std::span<const uint8_t> bytes) {
  if (bytes.empty() && !pages[page])
    return false;
  std::span<const uint8_t> old = pageBytes(page);
  std::span<const uint8_t> pad =
      std::span<const uint8_t>(padding).first(old.size() - bytes.size());
  if (std::ranges::equal(old.first(bytes.size()), bytes) &&
      std::ranges::equal(old.subspan(bytes.size()), pad))
    return false;
  if (!pages[page])
    pages[page] = std::make_unique<Page>(padding);
  std::ranges::copy(pad, std::ranges::copy(bytes, pages[page]->begin()).out);
  return true;
}

void MerkleTree::update(std::span<const uint8_t> bytes) {
  size_t size = size_t(leafBytes) << pageDepth;
  std::vector<uint64_t> changed;
  for (uint64_t page = 0; page < pages.size(); ++page) {
    size_t count = std::min(size, bytes.size());
    if (updatePage(page, bytes.first(count)))
      changed.push_back(page);
    bytes = bytes.subspan(count);
  }
  rehash(std::move(changed));
}

void MerkleTree::rehash(std::vector<uint64_t> nodes) {
  for (uint64_t page : nodes)
    levels[0][page] = merkleRoot(pageBytes(page), pageDepth);
  for (size_t level = 1; level < levels.size(); ++level) {
    for (uint64_t &node : nodes)
      node >>= 1;
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    const std::vector<Hash> &children = levels[level - 1];
    for (uint64_t node : nodes)
      levels[level][node] =
          hashPair(children[2 * node], children[2 * node + 1]);
  }
}

Hash MerkleTree::leaf(uint64_t index) const {
  std::span<const uint8_t> page = pageBytes(index >> pageDepth);
  size_t inPage = index & ((uint64_t(1) << pageDepth) - 1);
  Hash result;
  std::memcpy(result.data(), &page[inPage * leafBytes], leafBytes);
  return result;
}

std::vector<Hash> MerkleTree::proof(uint64_t index) const {
  uint64_t node = index >> pageDepth;
  std::vector<Hash> siblings = merkleProof(
      pageBytes(node), pageDepth, index & ((uint64_t(1) << pageDepth) - 1));
  for (size_t level = 0; level + 1 < levels.size(); ++level, node >>= 1)
    siblings.push_back(levels[level][node ^ 1]);
  return siblings;
}
