//===- Run.h - Running an image node by node --------------------*- C++ -*-===//
//
// Binds input tensors to an image and runs its nodes in order, each in a
// fresh machine. What opml-run, opml-vm root and opml-vm prove share.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_RUN_H
#define OPML_RUNTIME_RUN_H

#include "opml/runtime/NativeEngine.h"
#include <functional>
#include <optional>

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

/// `count` of the nodes 0 … nodes - 1, or all, in ascending order, by the
/// system's random numbers.
std::vector<size_t> randomNodes(size_t nodes, uint64_t count);

struct NodeStats {
  uint64_t steps = 0;
  double seconds = 0;
};

class Run {
public:
  /// `inputs` are as readInputs returns them; `engine` is one for the image's
  /// code, the interpreter if there is none. With native code runNode computes
  /// without a machine, and so without steps.
  Run(Image image, std::vector<Tensor> inputs,
      std::shared_ptr<vm::Engine> engine = nullptr,
      std::shared_ptr<NativeEngine> native = nullptr);
  Run(Image image, std::vector<Tensor> inputs,
      std::shared_ptr<NativeEngine> native);

  const Manifest &manifest() const { return image.manifest(); }
  size_t nodeCount() const;
  size_t nextNode() const { return next; }

  /// A machine in the initial state of a node, at most nextNode().
  Expected<vm::Machine> machine(size_t node) const;
  /// Called every fraction of a second with the number of steps that the
  /// current node has executed; false gives up.
  using StepProgress = std::function<bool(uint64_t)>;
  /// Runs node `nextNode()` and stores its results. A node that fails is an
  /// error naming it, and so is one that was given up. This and the next two
  /// require that a node is left.
  Expected<NodeStats> runNode(const StepProgress &progress = {});
  /// The same in two parts, of which only the second one changes this run.
  Expected<vm::Machine> executeNode(NodeStats &stats,
                                    const StepProgress &progress = {}) const;
  Expected<void> completeNode(const vm::Machine &machine);
  /// The same two parts with native code. Its nodes do not fail.
  bool isNative() const { return native != nullptr; }
  using NodeResults = std::vector<std::vector<uint8_t>>;
  Expected<NodeResults> computeNode() const;
  void completeNode(NodeResults results);
  /// Whether the machine has not halted with exit code 0, so that the node's
  /// successor is failedContext(), and why.
  std::optional<Error> failure(size_t node, const vm::Machine &machine) const;

  /// Called with the nodes done, all nodes, and the steps executed so far.
  using RunProgress = std::function<void(size_t, size_t, uint64_t)>;
  /// Runs the remaining nodes, or those before `end`.
  Expected<std::vector<NodeStats>> runAll(const RunProgress &progress = {},
                                          size_t end = SIZE_MAX);

  /// Computes a node that has run once more, in the VM: an error that names
  /// node and value if a result has another root than here.
  Expected<void> check(size_t node, vm::Engine &engine,
                       const StepProgress &progress = {}) const;

  /// The root of a value, zero as long as it does not exist.
  Hash valueRoot(uint32_t value) const;
  /// The context after the nodes run so far.
  Hash contextRoot() const;
  /// Require that all nodes have run.
  Hash outputRoot() const;
  /// Fails if a node has written behind an output: its root is not a tensor's.
  Expected<std::vector<Tensor>> outputs() const;

private:
  Expected<NodeStats> runNatively();
  Expected<vm::Machine> execute(size_t node, vm::Engine &engine,
                                NodeStats &stats,
                                const StepProgress &progress) const;
  /// The bytes of a result in the memory of a node that has halted: those of
  /// its type or, if others of the slot are not zero, the whole slot's.
  std::span<const uint8_t> result(const Slot &slot,
                                  const vm::Machine &machine) const;
  Expected<std::span<const uint8_t>> bytes(uint32_t value) const;
  std::vector<Hash> valueRoots() const;

  Image image;
  std::shared_ptr<vm::Engine> engine;
  std::shared_ptr<NativeEngine> native; // none: the engine runs the nodes
  // One element per value of the manifest; weights stay mapped.
  std::vector<std::vector<uint8_t>> values;
  std::vector<bool> exists; // inputs, and activations computed so far
  mutable std::vector<std::optional<Hash>> roots; // computed when asked for
  size_t next = 0;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_RUN_H
