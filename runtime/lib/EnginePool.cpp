//===- EnginePool.cpp - Engines that are used by turns --------------------===//

#include "EnginePool.h"

using namespace opml;
using namespace opml::runtime;

/// Some tenths of a second, which is what compiling a node's code may take.
static constexpr uint64_t interpretedSteps = uint64_t(1) << 25;

uint64_t EnginePool::Borrower::run(vm::Registers &registers, vm::Memory &memory,
                                   uint64_t maxSteps) {
  uint64_t steps = 0;
  if (uint64_t first = std::min(maxSteps, interpretedSteps - interpreted)) {
    steps = vm::interpret(registers, pool->code, memory, first);
    interpreted += steps;
    if (steps < first || steps == maxSteps)
      return steps;
  }
  std::unique_ptr<vm::Engine> engine = pool->take();
  steps += engine->run(registers, memory, maxSteps - steps);
  pool->giveBack(std::move(engine));
  return steps;
}

Expected<std::shared_ptr<EnginePool>>
EnginePool::create(const vm::Code &code, EngineFactory factory) {
  Expected<std::unique_ptr<vm::Engine>> first = factory();
  if (!first)
    return tl::unexpected(first.error());
  std::shared_ptr<EnginePool> pool(new EnginePool(code, std::move(factory)));
  pool->idle.push_back(std::move(*first));
  return pool;
}

std::unique_ptr<vm::Engine> EnginePool::take() {
  std::unique_lock<std::mutex> lock(mutex);
  if (idle.empty()) {
    lock.unlock();
    if (Expected<std::unique_ptr<vm::Engine>> another = factory())
      return std::move(*another);
    lock.lock();
    // The first one comes back.
    returned.wait(lock, [this] { return !idle.empty(); });
  }
  std::unique_ptr<vm::Engine> engine = std::move(idle.back());
  idle.pop_back();
  return engine;
}

void EnginePool::giveBack(std::unique_ptr<vm::Engine> engine) {
  {
    std::lock_guard<std::mutex> lock(mutex);
    idle.push_back(std::move(engine));
  }
  returned.notify_one();
}
