//===- PagePool.cpp - Memory for copies of pages --------------------------===//

#include "PagePool.h"
#include <new>
#include <sys/mman.h>

using namespace opml::vm;

PagePool::Chunks::iterator PagePool::addChunk() {
  void *bytes = std::aligned_alloc(chunkBytes, chunkBytes);
  if (!bytes)
    std::abort(); // as operator new does without exceptions
  // Small pages serve as well, if slower.
  madvise(bytes, chunkBytes, MADV_HUGEPAGE);
  Chunk chunk{.bytes{bytes}, .unused = {}};
  chunk.unused.reserve(pagesPerChunk);
  auto *pages = static_cast<Page *>(bytes);
  for (size_t i = pagesPerChunk; i-- > 0;)
    chunk.unused.push_back(new (&pages[i]) Page);
  auto address = reinterpret_cast<uintptr_t>(bytes);
  withUnused.push_back(address);
  return chunks.emplace(address, std::move(chunk)).first;
}

PagePool::PagePointer PagePool::take() {
  auto chunk = withUnused.empty() ? addChunk() : chunks.find(withUnused.back());
  std::vector<Page *> &unused = chunk->second.unused;
  Page *page = unused.back();
  unused.pop_back();
  if (unused.empty())
    withUnused.pop_back();
  return PagePointer(page, {this});
}

void PagePool::give(Page *page) {
  auto chunk = std::prev(chunks.upper_bound(reinterpret_cast<uintptr_t>(page)));
  std::vector<Page *> &unused = chunk->second.unused;
  unused.push_back(page);
  if (unused.size() == 1)
    withUnused.push_back(chunk->first);
  if (unused.size() == pagesPerChunk) {
    std::erase(withUnused, chunk->first);
    chunks.erase(chunk);
  }
}
