//===- Memory.h - Data memory of one machine --------------------*- C++ -*-===//
//
// 2^(depth + 5) bytes of little-endian byte-addressed memory from address 0,
// all zero at first, backed by anonymous pages that cost nothing until they
// are touched. Whoever writes marks the page: hashing and snapshots look at
// what has changed and at nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_MEMORY_H
#define OPML_VM_MEMORY_H

#include "opml/vm/Error.h"
#include "opml/vm/Merkle.h"

namespace opml::vm {

class Memory {
public:
  static constexpr unsigned maxDepth = 27; // 2^32 bytes
  static constexpr unsigned pageBits = 12;
  static constexpr uint32_t pageBytes = 1 << pageBits;
  /// Page n has its mark, one byte, at pages() - marksBefore + n, whatever the
  /// memory's size: translated code finds it without another register.
  static constexpr uint32_t marksBefore = 1 << (32 - pageBits);
  /// In front of the marks there is a page for an engine's own use.
  static constexpr uint32_t engineBefore = marksBefore + pageBytes;

  /// Fails if depth > maxDepth, the address space cannot be reserved, or the
  /// host's pages are larger than these.
  static Expected<Memory> create(unsigned depth);
  Memory(Memory &&other) noexcept;
  Memory &operator=(Memory &&other) noexcept;
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;
  ~Memory();

  unsigned depth() const { return treeDepth; }
  uint64_t size() const { return uint64_t(leafBytes) << treeDepth; }
  std::span<const uint8_t> bytes() const { return {base, size()}; }

  /// Copies `source` to `address`. Fails if it does not fit.
  Expected<void> write(uint64_t address, std::span<const uint8_t> source);
  /// Gives the pages at `address` the bytes at `offset` of a file, without
  /// reading or marking any: all three are multiples of pageBytes. The file
  /// does not see what is written, and must keep its bytes. Fails if the
  /// pages do not fit or the file cannot be mapped.
  Expected<void> map(uint64_t address, int file, uint64_t offset,
                     uint64_t count);

  /// Gives these pages, ascending, the bytes that they had before any write:
  /// a file's, or zero. They are not marked, and cost nothing again.
  void discard(std::span<const uint32_t> pages);

  /// The address of byte 0, for engines: who stores through it sets the mark
  /// of the page to 1.
  uint8_t *pages() { return base; }
  /// The pages written since the last call, in ascending order.
  std::vector<uint32_t> takeWrittenPages();

private:
  Memory(uint8_t *base, unsigned depth) : base(base), treeDepth(depth) {}
  Expected<void> checkRange(uint64_t address, uint64_t count) const;
  std::span<uint8_t> marks() const;
  uint8_t *base = nullptr;
  unsigned treeDepth = 0;
};

} // namespace opml::vm

#endif // OPML_VM_MEMORY_H
