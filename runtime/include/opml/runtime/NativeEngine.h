//===- NativeEngine.h - Nodes by this machine's own code --------*- C++ -*-===//
//
// What a node computes is the same as in the VM, to the bit, at every CPU level
// and number of threads (docs/numerics.md). There are no machine states.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_NATIVEENGINE_H
#define OPML_RUNTIME_NATIVEENGINE_H

#include "opml/runtime/NativeLibrary.h"
#include "opml/vm/Parallel.h"

namespace opml::runtime {

struct NativeOptions {
  std::string cache; // cacheDirectory(nativeCacheName)
  std::string level; // empty: the best that this machine has
  unsigned threads = vm::availableThreads();
  /// Stages with less work (NativeAbi.h) stay on the caller's thread, for less
  /// than some ten microseconds is not worth waking others.
  uint64_t leastParallelWork = uint64_t(1) << 15;
};

class NativeEngine {
public:
  /// Fails without native code that this user has made of the model.
  static Expected<std::shared_ptr<NativeEngine>>
  create(const Manifest &manifest, const NativeOptions &options);
  ~NativeEngine();

  /// What a node's code works on: its operands' bytes, room for its results,
  /// both in the order of the descriptor, and scratch of the engine's.
  std::vector<void *> buffers(size_t node,
                              std::span<const void *const> operands,
                              std::span<void *const> results) const;
  /// Computes a node of the manifest. One call at a time.
  void run(size_t node, std::span<void *const> buffers);

private:
  NativeEngine(std::shared_ptr<const NativeLibrary> library, size_t nodes,
               const NativeOptions &options);
  struct Data;
  std::unique_ptr<Data> data;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_NATIVEENGINE_H
