//===- Parallel.h - Loops over several threads ------------------*- C++ -*-===//

#ifndef OPML_VM_PARALLEL_H
#define OPML_VM_PARALLEL_H

#include <cstddef>
#include <functional>

namespace opml::vm {

/// The CPUs that this process may run on; at least 1.
unsigned availableThreads();

/// Calls work(begin, end) for consecutive parts of [0, count) of `grain`
/// items, the last one perhaps smaller, and returns when all are done. Parts
/// run on up to `threads` threads, 0 meaning availableThreads(); the caller's
/// is one of them and does everything where no other can be started.
void parallelFor(size_t count, size_t grain, unsigned threads,
                 const std::function<void(size_t, size_t)> &work);

} // namespace opml::vm

#endif // OPML_VM_PARALLEL_H
