//===- HostMemory.h - Memory that native code computes in -------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_HOSTMEMORY_H
#define OPML_RUNTIME_LIB_HOSTMEMORY_H

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <sys/mman.h>

namespace opml::runtime {

/// Of memory from an aligned operator new.
struct AlignedDelete {
  std::align_val_t alignment{};
  void operator()(void *block) const { ::operator delete(block, alignment); }
};

/// Zeroed memory whose pages are all there, in large pages where the system
/// gives them.
class HostMemory {
public:
  HostMemory() = default;
  explicit HostMemory(uint64_t bytes) {
    uint64_t alignment = bytes < largePage ? cacheLine : largePage;
    uint64_t size = (bytes + alignment - 1) / alignment * alignment;
    memory = {static_cast<uint8_t *>(
                  ::operator new(size, std::align_val_t(alignment))),
              AlignedDelete{std::align_val_t(alignment)}};
    if (alignment == largePage)
      (void)madvise(memory.get(), size, MADV_HUGEPAGE); // a wish
    std::memset(memory.get(), 0, size);
  }

  uint8_t *data() const { return memory.get(); }

private:
  static constexpr uint64_t cacheLine = 64;
  static constexpr uint64_t largePage = uint64_t(1) << 21;
  std::unique_ptr<uint8_t, AlignedDelete> memory;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_HOSTMEMORY_H
