//===- PagePool.h - Memory for copies of pages ------------------*- C++ -*-===//
//
// Copies of pages come and go by thousands. Memory that is touched for the
// first time costs more than the copy, 4 KiB at a time; so it is taken in
// chunks of the size of a huge page.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_LIB_PAGEPOOL_H
#define OPML_VM_LIB_PAGEPOOL_H

#include "opml/vm/Memory.h"
#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

namespace opml::vm {

class PagePool {
public:
  using Page = std::array<uint8_t, Memory::pageBytes>;
  struct GiveBack {
    PagePool *pool;
    void operator()(Page *page) const { pool->give(page); }
  };
  /// Lives no longer than the pool.
  using PagePointer = std::unique_ptr<Page, GiveBack>;

  /// A page whose bytes may be anything.
  PagePointer take();

private:
  static constexpr size_t chunkBytes = size_t(1) << 21;
  static constexpr size_t pagesPerChunk = chunkBytes / sizeof(Page);

  struct Chunk {
    struct Free {
      void operator()(void *bytes) const { std::free(bytes); }
    };
    std::unique_ptr<void, Free> bytes;
    std::vector<Page *> unused;
  };
  using Chunks = std::map<uintptr_t, Chunk>; // by address

  Chunks::iterator addChunk();
  void give(Page *page);

  Chunks chunks;
  std::vector<uintptr_t> withUnused; // those that have unused pages
};

} // namespace opml::vm

#endif // OPML_VM_LIB_PAGEPOOL_H
