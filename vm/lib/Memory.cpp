//===- Memory.cpp - Data memory of one machine ----------------------------===//

#include "opml/vm/Memory.h"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace opml;
using namespace opml::vm;

Expected<Memory> Memory::create(unsigned depth) {
  if (depth > maxDepth)
    return makeError("data memory of depth " + std::to_string(depth) +
                     " is larger than the 32-bit address space (depth " +
                     std::to_string(maxDepth) + ")");
  if (sysconf(_SC_PAGESIZE) > pageBytes)
    return makeError("this host's pages are larger than " +
                     std::to_string(pageBytes) +
                     " bytes; data memory needs pages of that size");
  uint64_t size = uint64_t(leafBytes) << depth;
  void *start = mmap(nullptr, engineBefore + size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED)
    return makeError("cannot reserve " + std::to_string(size) +
                     " bytes of data memory: " + std::strerror(errno));
  return Memory(static_cast<uint8_t *>(start) + engineBefore, depth);
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
    munmap(base - engineBefore, engineBefore + size());
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

void Memory::discard(std::span<const uint32_t> pages) {
  for (size_t begin = 0, end; begin < pages.size(); begin = end) {
    for (end = begin + 1;
         end < pages.size() && pages[end] == pages[end - 1] + 1;)
      ++end;
    if (madvise(base + (uint64_t(pages[begin]) << pageBits),
                uint64_t(end - begin) << pageBits, MADV_DONTNEED) != 0)
      std::abort(); // only locked pages are refused, and we lock none
  }
}

std::span<uint8_t> Memory::marks() const {
  return {base - marksBefore, (size() + pageBytes - 1) >> pageBits};
}

std::vector<uint32_t> Memory::takeWrittenPages() {
  // Few of many pages are marked: blocks without a mark are passed at once.
  constexpr size_t blockBytes = 64;
  std::vector<uint32_t> pages;
  std::span<uint8_t> all = marks();
  for (size_t begin = 0; begin < all.size(); begin += blockBytes) {
    std::span<uint8_t> block =
        all.subspan(begin, std::min(blockBytes, all.size() - begin));
    uint8_t any = 0;
    for (uint8_t mark : block)
      any |= mark;
    if (any == 0)
      continue;
    for (size_t i = 0; i < block.size(); ++i)
      if (std::exchange(block[i], 0) != 0)
        pages.push_back(uint32_t(begin + i));
  }
  return pages;
}
