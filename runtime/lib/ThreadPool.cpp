//===- ThreadPool.cpp - Threads for short parallel loops ------------------===//

#include "ThreadPool.h"
#include "FloatEnvironment.h"
#include "opml/vm/Parallel.h"
#include <algorithm>
#include <sched.h>

using namespace opml::runtime;

// Some ten microseconds: longer than from one loop to the next, shorter than
// it takes to notice on a busy machine.
static constexpr unsigned spins = 4000;
// Parts per thread, so that a slow one does not keep the others waiting.
static constexpr uint64_t partsPerThread = 4;

// Of the door; the other bits count.
static constexpr uint32_t open = uint32_t(1) << 31;

static void pauseBriefly() {
#if defined(__x86_64__)
  _mm_pause();
#else
  asm volatile("yield");
#endif
}

/// Returns once `value` is no longer `old`.
static void waitForChange(const std::atomic<uint32_t> &value, uint32_t old) {
  for (unsigned i = 0; i < spins; ++i) {
    if (value.load(std::memory_order_acquire) != old)
      return;
    pauseBriefly();
  }
  value.wait(old, std::memory_order_acquire);
}

ThreadPool::ThreadPool(unsigned threads) {
  while (workers.size() + 1 < threads) {
    pthread_t worker;
    // std::thread would throw.
    if (pthread_create(&worker, nullptr, work, this) != 0)
      break;
    workers.push_back(worker);
  }
}

ThreadPool::~ThreadPool() {
  stopping = true;
  generation.fetch_add(1, std::memory_order_release);
  generation.notify_all();
  for (pthread_t worker : workers)
    pthread_join(worker, nullptr);
}

void *ThreadPool::work(void *argument) {
  auto &pool = *static_cast<ThreadPool *>(argument);
  FloatEnvironment environment;
  for (uint32_t seen = 0;;) {
    waitForChange(pool.generation, seen);
    seen = pool.generation.load(std::memory_order_acquire);
    if (pool.stopping)
      return nullptr;
    if (pool.enter()) {
      vm::moveAwayFrom(pool.callersCpu);
      pool.takeParts();
      pool.leave();
    }
  }
}

bool ThreadPool::enter() {
  uint32_t seen = door.load(std::memory_order_relaxed);
  while (seen & open)
    if (door.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire,
                                   std::memory_order_relaxed))
      return true;
  return false;
}

void ThreadPool::leave() {
  if (door.fetch_sub(1, std::memory_order_release) == 1)
    door.notify_all();
}

void ThreadPool::takeParts() {
  for (uint64_t begin;
       (begin = next.fetch_add(grain, std::memory_order_relaxed)) < count;)
    (*current)(begin, std::min(count, begin + grain));
}

void ThreadPool::run(uint64_t iterations, const Loop &loop) {
  if (workers.empty() || iterations == 1)
    return loop(0, iterations);
  current = &loop;
  count = iterations;
  callersCpu = sched_getcpu();
  grain = std::max<uint64_t>(1, iterations /
                                    ((workers.size() + 1) * partsPerThread));
  next.store(0, std::memory_order_relaxed);
  door.store(open, std::memory_order_release);
  generation.fetch_add(1, std::memory_order_release);
  generation.notify_all();
  takeParts();
  uint32_t inside = door.fetch_and(~open, std::memory_order_acquire) & ~open;
  while (inside) {
    waitForChange(door, inside);
    inside = door.load(std::memory_order_acquire);
  }
}
