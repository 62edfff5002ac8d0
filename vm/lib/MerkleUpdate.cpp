//===- MerkleUpdate.cpp - Changing a Merkle tree --------------------------===//
//
// From the top down, the blocks on the paths of what changes are copied; from
// the bottom up, their nodes are hashed, all blocks of one height together.
//
//===----------------------------------------------------------------------===//

#include "MerkleBlock.h"
#include "MerkleHashing.h"
#include "opml/vm/Parallel.h"
#include <atomic>
#include <cassert>

using namespace opml::vm;

// Half a millisecond of work: for less, waiting for another thread to get a CPU
// may take longer than the thread saves.
static constexpr size_t minPagesForThreads = 128;

class MerkleTree::Update {
public:
  explicit Update(MerkleTree &tree) : tree(tree), paths(tree.height()) {}

  /// Copies the blocks on the paths of these pages, down to a height.
  void open(std::span<const uint32_t> pages, unsigned lowest);
  /// Takes over the `level` levels above `page`; the block is open.
  void replace(uint64_t page, unsigned level, const MerkleTree &source);
  /// Hashes what was opened, with `source` also the pages, and gives the tree
  /// its new blocks. Returns how many nodes it hashed.
  uint64_t hash(const PaddedPages *source, unsigned threads);

private:
  struct Path {
    Block *block;
    uint64_t index;                  // of the block at its height
    size_t parent;                   // in the list of paths above
    std::span<const uint32_t> pages; // of the block, at height 0
    uint32_t dirty = 0;              // children that change
    Hash root{};                     // what becomes of node 1
  };

  /// How many levels a block of this height has.
  unsigned rows(unsigned height) const {
    return std::min(blockLevels, tree.levels() - height * blockLevels);
  }
  const Hash &padding(unsigned level) const {
    return (*tree.padding)[tree.pageDepth() + level];
  }
  BlockPointer &pointerTo(unsigned height, const Path &path);
  Block *copyBlock(BlockPointer &pointer, unsigned height) const;
  uint64_t hashPart(std::span<Path> part, unsigned height,
                    const PaddedPages *source) const;
  uint64_t hashRows(std::span<Path> part, unsigned height) const;
  void close(unsigned height);

  MerkleTree &tree;
  std::vector<std::vector<Path>> paths; // by height
};

/// Where the block above, which is open, refers to the path's block.
MerkleTree::BlockPointer &MerkleTree::Update::pointerTo(unsigned height,
                                                        const Path &path) {
  if (height + 1 == paths.size())
    return tree.top;
  Block *above = paths[height + 1][path.parent].block;
  return static_cast<InnerBlock *>(above)->children[path.index % blockChildren];
}

MerkleTree::Block *MerkleTree::Update::copyBlock(BlockPointer &pointer,
                                                 unsigned height) const {
  std::shared_ptr<Block> block;
  const Block *old = pointer.get();
  if (height == 0)
    block = old ? std::make_shared<Block>(*old) : std::make_shared<Block>();
  else
    block = old ? std::make_shared<InnerBlock>(
                      *static_cast<const InnerBlock *>(old))
                : std::make_shared<InnerBlock>();
  if (!old)
    for (unsigned row = 0; row < rows(height); ++row)
      for (size_t n = blockChildren >> row; n < (2 * blockChildren) >> row; ++n)
        block->at(n) = padding(height * blockLevels + row);
  pointer = block;
  return block.get();
}

void MerkleTree::Update::open(std::span<const uint32_t> pages,
                              unsigned lowest) {
  for (unsigned height = paths.size(); height-- > lowest;) {
    unsigned shift = (height + 1) * blockLevels;
    size_t parent = 0;
    for (size_t begin = 0, end; begin < pages.size(); begin = end) {
      uint64_t index = uint64_t(pages[begin]) >> shift;
      for (end = begin + 1;
           end < pages.size() && uint64_t(pages[end]) >> shift == index;)
        ++end;
      if (height + 1 < paths.size()) {
        std::vector<Path> &above = paths[height + 1];
        while (above[parent].index != index / blockChildren)
          ++parent;
        above[parent].dirty |= 1u << (index % blockChildren);
      }
      Path path{nullptr, index, parent, pages.subspan(begin, end - begin)};
      path.block = copyBlock(pointerTo(height, path), height);
      paths[height].push_back(path);
    }
  }
}

void MerkleTree::Update::replace(uint64_t page, unsigned level,
                                 const MerkleTree &source) {
  unsigned height = level / blockLevels;
  size_t child = (page >> (height * blockLevels)) % blockChildren;
  Path &path = paths[height].front();
  auto set = [&](size_t index, const Hash &root, const BlockPointer &below) {
    path.block->at(blockChildren + index) = root;
    if (height > 0)
      static_cast<InnerBlock *>(path.block)->children[index] = below;
    path.dirty |= 1u << index;
  };
  if (level % blockLevels == 0)
    return set(child, source.root(), source.top);
  for (size_t i = 0; i < size_t(1) << (level % blockLevels); ++i) {
    const Hash &root = source.node(height * blockLevels, i);
    BlockPointer below;
    if (height > 0 && source.top)
      below = static_cast<const InnerBlock *>(source.top.get())->children[i];
    set(child + i, root, below);
  }
}

uint64_t MerkleTree::Update::hash(const PaddedPages *source, unsigned threads) {
  size_t pages = 0;
  for (const Path &path : paths.front())
    pages += path.pages.size();
  std::atomic<uint64_t> hashed = 0;
  for (unsigned height = 0; height < paths.size(); ++height) {
    std::span<Path> all(paths[height]);
    // Parts of a fifth of a millisecond; above the pages a block has few nodes.
    size_t grain = height == 0 ? 4 : 256;
    unsigned most = height == 0 && pages < minPagesForThreads ? 1 : threads;
    parallelFor(all.size(), grain, most, [&](size_t begin, size_t end) {
      hashed += hashPart(all.subspan(begin, end - begin), height, source);
    });
    close(height);
  }
  return hashed;
}

uint64_t MerkleTree::Update::hashPart(std::span<Path> part, unsigned height,
                                      const PaddedPages *source) const {
  uint64_t hashed = 0;
  if (height == 0 && source) {
    PageBatch batch(*source, padding(0));
    for (Path &path : part)
      for (uint32_t page : path.pages) {
        size_t child = page % blockChildren;
        path.dirty |= 1u << child;
        batch.add(page, &path.block->at(blockChildren + child));
      }
    batch.flush();
    hashed = batch.hashed();
  }
  return hashed + hashRows(part, height);
}

uint64_t MerkleTree::Update::hashRows(std::span<Path> part,
                                      unsigned height) const {
  NodeBatch batch;
  for (unsigned row = 0; row < rows(height); ++row) {
    unsigned level = height * blockLevels + row;
    batch.setPadding(padding(level), padding(level + 1));
    size_t first = (blockChildren / 2) >> row; // of the nodes to hash
    for (Path &path : part) {
      uint32_t nodes = 0;
      for (size_t i = 0; i < first; ++i)
        if (path.dirty >> (2 * i) & 3) {
          size_t n = first + i;
          nodes |= 1u << i;
          batch.add(&path.block->at(2 * n),
                    row + 1 == rows(height) ? &path.root : &path.block->at(n));
        }
      path.dirty = nodes;
    }
    batch.flush();
  }
  return batch.hashed();
}

/// Hands the roots of the blocks of this height to the blocks above.
void MerkleTree::Update::close(unsigned height) {
  unsigned level = height * blockLevels + rows(height);
  for (const Path &path : paths[height]) {
    if (path.root == padding(level))
      pointerTo(height, path) = nullptr;
    if (height + 1 == paths.size())
      tree.rootHash = path.root;
    else
      paths[height + 1][path.parent].block->at(
          blockChildren + path.index % blockChildren) = path.root;
  }
}

uint64_t MerkleTree::update(std::span<const uint8_t> bytes,
                            std::span<const uint32_t> pages, unsigned threads) {
  return update(PaddedPages(bytes, pageDepth(), pad), pages, threads);
}

uint64_t MerkleTree::update(const CopyOfPage &copyOf,
                            std::span<const uint32_t> pages, unsigned threads) {
  return update(PaddedPages(copyOf, pad), pages, threads);
}

uint64_t MerkleTree::update(const PaddedPages &source,
                            std::span<const uint32_t> pages, unsigned threads) {
  if (levels() == 0) {
    PageBatch batch(source, (*padding)[treeDepth]);
    for (uint32_t page : pages)
      batch.add(page, &rootHash);
    batch.flush();
    return batch.hashed();
  }
  Update update(*this);
  update.open(pages, 0);
  return update.hash(&source, threads);
}

void MerkleTree::graft(uint64_t address, const MerkleTree &tree) {
  assert(pad == tree.pad && pageDepth() <= tree.depth() &&
         tree.depth() <= depth());
  if (tree.depth() == depth()) {
    *this = tree;
    return;
  }
  uint32_t page = uint32_t(address >> (maxPageDepth + 5));
  Update update(*this);
  update.open({&page, 1}, tree.levels() / blockLevels);
  update.replace(page, tree.levels(), tree);
  update.hash(nullptr, 1);
}
