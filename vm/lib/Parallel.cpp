//===- Parallel.cpp - Loops over several threads --------------------------===//

#include "opml/vm/Parallel.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <sched.h>
#include <thread>
#include <vector>

using namespace opml::vm;

unsigned opml::vm::availableThreads() {
  static const unsigned threads =
      std::max(1u, std::thread::hardware_concurrency());
  return threads;
}

void opml::vm::moveAwayFrom(int cpu) {
  cpu_set_t all;
  if (cpu < 0 || cpu != sched_getcpu() ||
      sched_getaffinity(0, sizeof all, &all) != 0)
    return;
  cpu_set_t others = all;
  CPU_CLR(size_t(cpu), &others);
  if (CPU_COUNT(&others) > 0 &&
      sched_setaffinity(0, sizeof others, &others) == 0)
    sched_setaffinity(0, sizeof all, &all);
}

namespace opml::vm {

/// The threads, and what is offered to them. They live as long as the process.
class Workers {
public:
  void offer(OfferedWork &offer);
  void withdraw(OfferedWork &offer);

private:
  static constexpr unsigned maxThreads = 256;

  void startThreads(unsigned wanted);
  void work();

  std::mutex mutex;
  std::condition_variable offered, left;
  std::vector<OfferedWork *> offers;
  unsigned threads = 0;
};

} // namespace opml::vm

// pthreads report that no thread can be started; std::thread would throw.
void Workers::startThreads(unsigned wanted) {
  auto run = [](void *self) -> void * {
    static_cast<Workers *>(self)->work();
    return nullptr;
  };
  pthread_t thread;
  while (threads < std::min(wanted, maxThreads) &&
         pthread_create(&thread, nullptr, run, this) == 0) {
    pthread_detach(thread);
    ++threads;
  }
}

void Workers::work() {
  std::unique_lock<std::mutex> lock(mutex);
  for (;;) {
    offered.wait(lock, [this] { return !offers.empty(); });
    OfferedWork &offer = *offers.front();
    ++offer.inside;
    if (--offer.wanted == 0)
      offers.erase(offers.begin());
    lock.unlock();
    moveAwayFrom(offer.cpu);
    offer.work();
    lock.lock();
    if (--offer.inside == 0)
      left.notify_all();
  }
}

void Workers::offer(OfferedWork &offer) {
  std::lock_guard<std::mutex> lock(mutex);
  unsigned busy = 0;
  for (const OfferedWork *other : offers)
    busy += other->wanted;
  startThreads(std::max(offer.wanted + busy, availableThreads() - 1));
  offers.push_back(&offer);
  offered.notify_all();
}

void Workers::withdraw(OfferedWork &offer) {
  std::unique_lock<std::mutex> lock(mutex);
  std::erase(offers, &offer);
  left.wait(lock, [&] { return offer.inside == 0; });
}

static Workers &workers() {
  static Workers &all = *new Workers; // asleep at the end of the process
  return all;
}

OfferedWork::OfferedWork(unsigned helpers, std::function<void()> work)
    : work(std::move(work)), wanted(helpers), cpu(sched_getcpu()) {
  if (helpers > 0)
    workers().offer(*this);
}

OfferedWork::~OfferedWork() { workers().withdraw(*this); }

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

} // namespace

void opml::vm::parallelFor(size_t count, size_t grain, unsigned threads,
                           const std::function<void(size_t, size_t)> &work) {
  Loop loop{count, grain, work};
  size_t parts = (count + grain - 1) / grain;
  size_t most = threads == 0 ? availableThreads() : threads;
  size_t helpers = std::min(parts, most) - (parts > 0);
  OfferedWork offer(unsigned(helpers), [&] { loop.run(); });
  loop.run();
}
