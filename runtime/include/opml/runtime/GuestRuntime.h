//===- GuestRuntime.h - The guest's runtime library -------------*- C++ -*-===//
//
// Soft float, integer and memory helpers and opml_exit, compiled for the guest
// when the project is built and embedded here for the compiler to link. The
// target below is the one it was compiled for (cmake/GuestTarget.cmake).
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_GUESTRUNTIME_H
#define OPML_RUNTIME_GUESTRUNTIME_H

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace opml::guest {

/// A static library (ar) of MIPS32 ELF objects, one function each. Members
/// call no other member, but for start.o, the entry of bare programs.
std::span<const uint8_t> runtimeArchive();

std::string_view targetTriple();
std::string_view targetCpu();
std::string_view targetFeatures();
/// Command-line options of LLVM's code generator, separated by spaces.
std::string_view llvmOptions();

/// At most fixed + perByte * (size argument) steps, return included.
struct StepBound {
  uint32_t fixed;
  uint32_t perByte;
};

/// The most steps that a call of a runtime function takes; none for opml_exit,
/// which takes two and does not return, and for what is not in the archive. For
/// a loop-free function it is the longest path through its machine code, found
/// when the project is built.
std::optional<StepBound> stepBound(std::string_view symbol);

} // namespace opml::guest

#endif // OPML_RUNTIME_GUESTRUNTIME_H
