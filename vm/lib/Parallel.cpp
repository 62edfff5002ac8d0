//===- Parallel.cpp - Loops over several threads --------------------------===//

#include "opml/vm/Parallel.h"
#include <algorithm>
#include <atomic>
#include <pthread.h>
#include <thread>
#include <vector>

using namespace opml::vm;

namespace {

struct Loop {
  size_t count, grain;
  const std::function<void(size_t, size_t)> &work;
  std::atomic<size_t> next = 0;

  void run() {
    for (size_t begin; (begin = next.fetch_add(grain)) < count;)
      work(begin, std::min(count, begin + grain));
  }
};

void *runLoop(void *loop) {
  static_cast<Loop *>(loop)->run();
  return nullptr;
}

} // namespace

unsigned opml::vm::availableThreads() {
  static const unsigned threads =
      std::max(1u, std::thread::hardware_concurrency());
  return threads;
}

// pthreads report that no thread can be started; std::thread would throw.
void opml::vm::parallelFor(size_t count, size_t grain, unsigned threads,
                           const std::function<void(size_t, size_t)> &work) {
  Loop loop{count, grain, work};
  size_t parts = (count + grain - 1) / grain;
  size_t wanted =
      std::min<size_t>(parts, threads == 0 ? availableThreads() : threads);
  std::vector<pthread_t> others;
  while (others.size() + 1 < wanted) {
    pthread_t thread;
    if (pthread_create(&thread, nullptr, runLoop, &loop) != 0)
      break;
    others.push_back(thread);
  }
  loop.run();
  for (pthread_t thread : others)
    pthread_join(thread, nullptr);
}
