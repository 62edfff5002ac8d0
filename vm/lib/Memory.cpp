//===- Memory.cpp - Data memory of one machine ----------------------------===//

#include "opml/vm/Memory.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/mman.h>

using namespace opml;
using namespace opml::vm;

Expected<Memory> Memory::create(unsigned depth) {
  if (depth > maxDepth)
    return makeError("data memory of depth " + std::to_string(depth) +
                     " is larger than the 32-bit address space (depth " +
                     std::to_string(maxDepth) + ")");
  uint64_t size = uint64_t(leafBytes) << depth;
  void *base = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED)
    return makeError("cannot reserve " + std::to_string(size) +
                     " bytes of data memory: " + std::strerror(errno));
  return Memory(static_cast<uint8_t *>(base), depth);
}

Memory::Memory(Memory &&other) noexcept
    : base(std::exchange(other.base, nullptr)), treeDepth(other.treeDepth) {}

Memory &Memory::operator=(Memory &&other) noexcept {
  std::swap(base, other.base);
  std::swap(treeDepth, other.treeDepth);
  return *this;
}

Memory::~Memory() {
  if (base)
    munmap(base, size());
}

Expected<void> Memory::write(uint64_t address,
                             std::span<const uint8_t> source) {
  if (address > size() || source.size() > size() - address)
    return makeError(std::to_string(source.size()) + " bytes at address " +
                     std::to_string(address) +
                     " lie outside a data memory of " + std::to_string(size()) +
                     " bytes");
  std::copy(source.begin(), source.end(), base + address);
  return {};
}

Hash Memory::root() const { return merkleRoot(bytes(), treeDepth); }

Hash Memory::leaf(uint64_t address) const {
  Hash result;
  std::memcpy(result.data(), base + address / leafBytes * leafBytes, leafBytes);
  return result;
}

std::vector<Hash> Memory::proof(uint64_t address) const {
  return merkleProof(bytes(), treeDepth, address / leafBytes);
}
