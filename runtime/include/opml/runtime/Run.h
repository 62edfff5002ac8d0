//===- Run.h - Running an image node by node --------------------*- C++ -*-===//
//
// Binds input tensors to an image and runs its nodes in order, each in a
// fresh machine. What opml-run, opml-vm root and opml-vm prove share.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_RUN_H
#define OPML_RUNTIME_RUN_H

#include "opml/runtime/Image.h"
#include <functional>

namespace opml::runtime {

/// An --input argument: NAME=FILE, or FILE alone for the next unnamed input.
struct InputArgument {
  std::string name; // empty if not given
  std::string path;
};
InputArgument parseInputArgument(std::string_view text);

/// Reads all inputs and checks them against the signature: a missing,
/// unknown or repeated name, a wrong element type or shape is an error that
/// names the input and both types.
Expected<std::vector<Tensor>>
readInputs(const Manifest &manifest,
           const std::vector<InputArgument> &arguments);

struct NodeStats {
  uint64_t steps = 0;
  double seconds = 0;
};

class Run {
public:
  Run(Image image, std::vector<Tensor> inputs);

  size_t nodeCount() const;
  size_t nextNode() const { return next; }

  /// A machine in the initial state of node `nextNode()`.
  Expected<vm::Machine> machine() const;
  /// Runs node `nextNode()` and stores its results. A node that traps, exits
  /// with a non-zero code or exceeds its step bound is an error naming it.
  Expected<NodeStats> runNode();
  /// Runs the remaining nodes; `progress(done, total)` after each.
  Expected<std::vector<NodeStats>>
  runAll(std::function<void(size_t, size_t)> progress = {});

  /// The context after the nodes run so far.
  Expected<Hash> contextRoot() const;
  /// Requires that all nodes have run.
  Expected<Hash> outputRoot() const;
  Expected<std::vector<Tensor>> outputs() const;

private:
  Image image;
  std::vector<std::vector<uint8_t>>
      values; // inputs and activations; weights stay mapped
  size_t next = 0;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_RUN_H
