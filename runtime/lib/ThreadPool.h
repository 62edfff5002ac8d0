//===- ThreadPool.h - Threads for short parallel loops ----------*- C++ -*-===//

#ifndef OPML_RUNTIME_LIB_THREADPOOL_H
#define OPML_RUNTIME_LIB_THREADPOOL_H

#include <atomic>
#include <cstdint>
#include <functional>
#include <pthread.h>
#include <vector>

namespace opml::runtime {

/// Threads that wait between loops, awake for some microseconds and then
/// asleep: a network runs one loop after the other. The caller waits for no
/// thread that has not begun, so that one without a CPU costs nothing.
class ThreadPool {
public:
  /// `threads` counts the caller's own. Where the system gives fewer, fewer do
  /// the work.
  explicit ThreadPool(unsigned threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool &) = delete;

  using Loop = std::function<void(uint64_t begin, uint64_t end)>;
  /// Calls loop(begin, end) for consecutive parts of [0, count) and returns
  /// when all are done. The pool's own threads compute in the default
  /// floating-point environment, the caller's in the one it has.
  void run(uint64_t count, const Loop &loop);

private:
  static void *work(void *pool);
  bool enter();
  void leave();
  void takeParts();

  std::vector<pthread_t> workers;
  // Written while nobody is inside, read inside.
  const Loop *current = nullptr;
  uint64_t count = 0, grain = 0;
  int callersCpu = -1;
  std::atomic<bool> stopping = false;
  std::atomic<uint64_t> next = 0;
  std::atomic<uint32_t> generation = 0; // of loops begun
  // Whether a loop may be entered, and the workers inside.
  std::atomic<uint32_t> door = 0;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_THREADPOOL_H
