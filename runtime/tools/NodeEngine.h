//===- NodeEngine.h - What computes the nodes of a run ----------*- C++ -*-===//

#ifndef OPML_RUNTIME_TOOLS_NODEENGINE_H
#define OPML_RUNTIME_TOOLS_NODEENGINE_H

#include "opml/runtime/CommandLine.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/Run.h"

namespace opml::runtime {

inline constexpr Option nodeEngineOptions[] = {
    {"--engine", "ENGINE",
     "interp: the VM's interpreter (default)\n"
     "jit: the VM's translator to this machine's code; same states,\n"
     "same steps, faster on long runs\n"
     "native: code that opml-compile made for this machine and user,\n"
     "without a VM; same values, no steps"},
    {"--threads", "N",
     "native: at most N threads (default: one for each CPU); the\n"
     "other engines use one"},
    {"--cpu", "LEVEL",
     "native: the code for this CPU level, such as x86-64-v3\n"
     "(default: the best that this CPU has); same values"}};

/// One of the VM's engines or native code, as the options ask for.
class NodeEngine {
public:
  /// Errors of the command line, before any file is read.
  static Expected<void> check(const Arguments &arguments);
  static Expected<NodeEngine> create(const Arguments &arguments,
                                     const Image &image);

  const std::string &name() const { return engineName; }
  bool countsSteps() const { return machines != nullptr; }
  Run start(Image image, std::vector<Tensor> inputs) const;

private:
  std::string engineName;
  std::shared_ptr<vm::Engine> machines; // one of both
  std::shared_ptr<NativeEngine> native;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_TOOLS_NODEENGINE_H
