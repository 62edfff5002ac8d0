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
  void *marks = mmap(nullptr, marksBefore + size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (marks == MAP_FAILED)
    return makeError("cannot reserve " + std::to_string(size) +
                     " bytes of data memory: " + std::strerror(errno));
  return Memory(static_cast<uint8_t *>(marks) + marksBefore, depth);
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
    munmap(base - marksBefore, marksBefore + size());
}

Expected<void> Memory::checkRange(uint64_t address, uint64_t count) const {
  if (address <= size() && count <= size() - address)
    return {};
  return makeError(std::to_string(count) + " bytes at address " +
                   std::to_string(address) + " lie outside a data memory of " +
                   std::to_string(size()) + " bytes");
}

Expected<void> Memory::map(uint64_t address, int file, uint64_t offset,
                           uint64_t count) {
  if (Expected<void> ok = checkRange(address, count); !ok)
    return ok;
  if (mmap(base + address, count, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file,
           off_t(offset)) == MAP_FAILED)
    return makeError(
        "cannot map " + std::to_string(count) +
        " bytes of a file into data memory: " + std::strerror(errno));
  return {};
}

Expected<void> Memory::write(uint64_t address,
                             std::span<const uint8_t> source) {
  if (Expected<void> ok = checkRange(address, source.size()); !ok)
    return ok;
  if (source.empty())
    return {};
  std::copy(source.begin(), source.end(), base + address);
  uint64_t first = address >> pageBits;
  uint64_t last = (address + source.size() - 1) >> pageBits;
  std::ranges::fill(marks().subspan(first, last - first + 1), 1);
  return {};
}

std::span<uint8_t> Memory::marks() const {
  return {base - marksBefore, (size() + pageBytes - 1) >> pageBits};
}

std::vector<uint32_t> Memory::takeWrittenPages() {
  std::vector<uint32_t> pages;
  std::span<uint8_t> all = marks();
  auto isSet = [](uint8_t mark) { return mark != 0; };
  for (auto at = std::ranges::find_if(all, isSet); at != all.end();
       at = std::find_if(at, all.end(), isSet)) {
    pages.push_back(uint32_t(at - all.begin()));
    *at = 0;
  }
  return pages;
}
