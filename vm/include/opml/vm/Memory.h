//===- Memory.h - Data memory of one machine --------------------*- C++ -*-===//
//
// 2^(depth + 5) bytes of little-endian byte-addressed memory from address 0,
// all zero at first, backed by anonymous pages that cost nothing until they
// are touched.
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

  /// Fails if depth > maxDepth or the address space cannot be reserved.
  static Expected<Memory> create(unsigned depth);
  Memory(Memory &&other) noexcept;
  Memory &operator=(Memory &&other) noexcept;
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;
  ~Memory();

  unsigned depth() const { return treeDepth; }
  uint64_t size() const { return uint64_t(leafBytes) << treeDepth; }
  std::span<uint8_t> bytes() { return {base, size()}; }
  std::span<const uint8_t> bytes() const { return {base, size()}; }

  /// Copies `source` to `address`. Fails if it does not fit.
  Expected<void> write(uint64_t address, std::span<const uint8_t> source);

  Hash root() const;
  /// The 32-byte leaf that holds `address`; requires address < size().
  Hash leaf(uint64_t address) const;
  std::vector<Hash> proof(uint64_t address) const;

private:
  Memory(uint8_t *base, unsigned depth) : base(base), treeDepth(depth) {}
  uint8_t *base = nullptr;
  unsigned treeDepth = 0;
};

} // namespace opml::vm

#endif // OPML_VM_MEMORY_H
