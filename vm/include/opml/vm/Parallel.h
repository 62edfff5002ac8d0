//===- Parallel.h - Loops over several threads ------------------*- C++ -*-===//

#ifndef OPML_VM_PARALLEL_H
#define OPML_VM_PARALLEL_H

#include <cstddef>
#include <functional>

namespace opml::vm {

/// The CPUs that this process may run on; at least 1.
unsigned availableThreads();

/// Leaves the CPU `cpu`, if this thread is on it and may run on another: for
/// one that was woken by a thread there and should run beside it. Some systems
/// would leave it where its waker is for milliseconds, though others are idle.
void moveAwayFrom(int cpu);

/// Work that threads of the process may take up, which sleep between one and
/// the next.
class OfferedWork {
public:
  /// Up to `helpers` threads call `work`, at any time until the end of this.
  OfferedWork(unsigned helpers, std::function<void()> work);
  /// Nobody begins any more; waits for those who have begun.
  ~OfferedWork();
  OfferedWork(const OfferedWork &) = delete;
  OfferedWork &operator=(const OfferedWork &) = delete;

private:
  friend class Workers;
  std::function<void()> work;
  unsigned wanted, inside = 0;
  int cpu; // that offered it
};

/// Calls work(begin, end) for consecutive parts of [0, count) of `grain`
/// items, the last one perhaps smaller, and returns when all are done. Parts
/// run on up to `threads` threads, 0 meaning availableThreads(); the caller's
/// is one of them and does everything where no other can be started.
void parallelFor(size_t count, size_t grain, unsigned threads,
                 const std::function<void(size_t, size_t)> &work);

} // namespace opml::vm

#endif // OPML_VM_PARALLEL_H
