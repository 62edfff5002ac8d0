//===- Engine.h - What executes a machine's steps ---------------*- C++ -*-===//

#ifndef OPML_VM_ENGINE_H
#define OPML_VM_ENGINE_H

#include "opml/vm/Interpreter.h"
#include <memory>

namespace opml::vm {

/// Executes the code that it was made for. All engines leave the same state
/// after the same number of steps: that of interpret().
class Engine {
public:
  virtual ~Engine() = default;

  /// As interpret().
  virtual uint64_t run(Registers &registers, Memory &memory,
                       uint64_t maxSteps) = 0;
};

/// The interpreter as an engine; `code` must outlive it.
std::unique_ptr<Engine> createInterpreter(const Code &code);

} // namespace opml::vm

#endif // OPML_VM_ENGINE_H
