//===- EnginePool.h - Engines that are used by turns ------------*- C++ -*-===//
//
// A translator compiles what it meets, and one thread can use it at a time: so
// whoever runs for a while takes one that has been used before. What is short
// is interpreted, for compiling takes longer than that.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_LIB_ENGINEPOOL_H
#define OPML_RUNTIME_LIB_ENGINEPOOL_H

#include "opml/runtime/Prover.h"
#include <condition_variable>
#include <mutex>

namespace opml::runtime {

class EnginePool : public std::enable_shared_from_this<EnginePool> {
public:
  /// Engines for `code`, which must outlive the pool. Fails if not even one
  /// can be made.
  static Expected<std::shared_ptr<EnginePool>> create(const vm::Code &code,
                                                      EngineFactory factory);

  /// Interprets the first steps of a machine and then borrows, for each call
  /// of run(), one of the pool's engines.
  class Borrower : public vm::Engine {
  public:
    explicit Borrower(std::shared_ptr<EnginePool> pool)
        : pool(std::move(pool)) {}
    uint64_t run(vm::Registers &registers, vm::Memory &memory,
                 uint64_t maxSteps) override;
    /// What follows is another machine.
    void beginMachine() { interpreted = 0; }

  private:
    std::shared_ptr<EnginePool> pool;
    uint64_t interpreted = 0;
  };
  std::unique_ptr<Borrower> borrower() {
    return std::make_unique<Borrower>(shared_from_this());
  }

private:
  EnginePool(const vm::Code &code, EngineFactory factory)
      : code(code), factory(std::move(factory)) {}

  std::unique_ptr<vm::Engine> take();
  void giveBack(std::unique_ptr<vm::Engine> engine);

  vm::Code code;
  EngineFactory factory;
  std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<vm::Engine>> idle; // the last used one last
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_LIB_ENGINEPOOL_H
