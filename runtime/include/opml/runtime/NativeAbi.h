//===- NativeAbi.h - What a native library exports --------------*- C++ -*-===//
//
// opml-compile fills these structures, NativeLibrary reads them. A library
// exports one symbol, a NativeTable, and calls nothing but the C library's
// memory functions.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_NATIVEABI_H
#define OPML_RUNTIME_NATIVEABI_H

#include <cstdint>

namespace opml::runtime {

inline constexpr uint64_t nativeAbiVersion = 1;
inline constexpr const char *nativeTableSymbol = "opml_native_table";

/// A parallel loop: iterations may run in any order, on any threads.
struct NativeStage {
  /// Runs the iterations begin … end - 1 on the function's buffers.
  void (*run)(void *const *buffers, uint64_t begin, uint64_t end);
  uint64_t iterations;
  uint64_t work; // inner iterations of all of them together, saturating
};

/// A node function: its stages, one after the other.
struct NativeFunction {
  const char *name;
  const NativeStage *stages;
  uint64_t stageCount;
  /// Sizes of the buffers: operands, then results, both as the node's
  /// descriptor lists them, then scratch.
  const uint64_t *bufferBytes;
  uint64_t operandCount, resultCount, scratchCount;
};

struct NativeTable {
  uint64_t abiVersion; // the first member in every version
  const char *producer;
  const uint8_t *modelRoot; // 32 bytes
  const NativeFunction *functions;
  uint64_t functionCount;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_NATIVEABI_H
