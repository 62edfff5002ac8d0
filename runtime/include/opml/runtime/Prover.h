//===- Prover.h - What a player of a dispute asks about a run ---*- C++ -*-===//
//
// Context roots at node boundaries with the values' proofs, and inside a node
// the machine's state hashes, sections and step witnesses. Nodes are run when
// they are asked for; those that are looked into keep snapshots.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_PROVER_H
#define OPML_RUNTIME_PROVER_H

#include "opml/runtime/Run.h"
#include "opml/vm/Replay.h"

namespace opml::runtime {

/// Makes engines for the code of one image.
using EngineFactory = std::function<Expected<std::unique_ptr<vm::Engine>>()>;

/// How far a question has come.
struct ProverProgress {
  uint64_t nodesDone = 0;   // while nodes are run to get there
  uint64_t nodes = 0;       // 0 once they are
  uint64_t steps = 0;       // executed in this part of the work
  uint64_t atMostSteps = 0; // 0 while nodes are run
};

/// How a question is followed and given up; see vm::Watch.
struct ProverWatch {
  const std::atomic<bool> *cancel = nullptr;
  std::function<void(const ProverProgress &)> progress;
};

/// The context after some nodes.
struct Context {
  Hash root{};
  /// Why the root is failedContext(), if it is.
  std::optional<Error> failure;
};

/// A subtree root with its siblings, as vm::foldProof takes them.
struct RootProof {
  Hash root{};
  std::vector<Hash> siblings;
};

/// A machine's state with the roots of the node's slots in its memory.
struct SlotRoots {
  uint64_t steps = 0; // that were not the identity
  std::array<uint8_t, vm::packedStateBytes> packedState{};
  std::vector<RootProof> operands, results; // in the descriptor's order
};

/// Several threads may ask at once. Questions fail if a number is out of
/// range, if they are cancelled, if a weight is damaged or memory runs out;
/// about machines also if no context leads to the node.
class Prover {
public:
  struct Options {
    /// Of all nodes that are looked into together; see vm::ReplayOptions.
    uint64_t snapshotMemory = vm::ReplayOptions().snapshotMemory;
    /// If there is one, it computes the contexts, and only nodes that are
    /// looked into run in a machine.
    std::shared_ptr<NativeEngine> native = nullptr;
  };

  /// Fails if no engine can be made.
  static Expected<Prover> create(Image image, std::vector<Tensor> inputs,
                                 EngineFactory makeEngine,
                                 const Options &options);
  Prover(Prover &&) noexcept;
  ~Prover();

  const Manifest &manifest() const;

  /// The context after `nodes` nodes. Those beyond the graph are the identity,
  /// up to 2^nodeBits, and so are those behind a failure.
  Expected<Context> context(uint64_t nodes, const ProverWatch &watch = {});
  /// A value's root in that context, which must not be a failed one.
  Expected<RootProof> value(uint64_t nodes, uint64_t value,
                            const ProverWatch &watch = {});
  /// How many steps a node takes until it stops. With native code its machine
  /// is looked into.
  Expected<uint64_t> steps(uint64_t node, const ProverWatch &watch = {});

  /// As vm::Replay's, of a node's machine, whose trace has 2^stepBits steps.
  Expected<Hash> stateHash(uint64_t node, uint64_t step,
                           const ProverWatch &watch = {});
  Expected<std::vector<Hash>> section(uint64_t node, uint64_t from, uint64_t to,
                                      uint64_t k,
                                      const ProverWatch &watch = {});
  Expected<vm::ProvenStep> witness(uint64_t node, uint64_t step,
                                   const ProverWatch &watch = {});
  /// Fails where native code has computed other results than the machine.
  Expected<SlotRoots> slots(uint64_t node, uint64_t step,
                            const ProverWatch &watch = {});

  /// Parts of a section at most.
  static constexpr uint64_t maxParts = 4096;

private:
  class State;
  explicit Prover(std::unique_ptr<State> state);
  std::unique_ptr<State> state;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_PROVER_H
