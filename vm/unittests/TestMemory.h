//===- TestMemory.h - Small data memories from bytes ------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_TESTMEMORY_H
#define OPML_VM_UNITTESTS_TESTMEMORY_H

#include "opml/vm/Memory.h"
#include <bit>
#include <cstdlib>

namespace opml::vm::test {

using Bytes = std::vector<uint8_t>;

/// Requires a power of two >= 32 bytes.
inline Memory memoryOf(const Bytes &bytes) {
  auto memory = Memory::create(std::countr_zero(bytes.size() / leafBytes));
  if (!memory || !memory->write(0, bytes))
    std::abort(); // a test machine without address space
  return std::move(*memory);
}

inline Bytes bytesOf(const Memory &memory) {
  return {memory.bytes().begin(), memory.bytes().end()};
}

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_TESTMEMORY_H
