//===- Image.h - The model image and its checkpoint map ---------*- C++ -*-===//
//
// model.opml/ holds manifest.json, program.elf and weights.bin. The compiler
// fills a Manifest and calls writeImage; everyone else opens an Image, which
// checks manifest and program at once and each weight on first use. The
// format and every hash in it are defined in docs/image-format.md.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_IMAGE_H
#define OPML_RUNTIME_IMAGE_H

#include "opml/runtime/Tensor.h"
#include "opml/vm/Machine.h"
#include <memory>
#include <optional>

namespace opml::runtime {

using vm::Hash;

/// How a weight that contractions read is stored: each of its matrices cut
/// into panels of 16 columns (docs/image-format.md).
struct Panels {
  static constexpr uint64_t width = 16;

  std::string tensor; // the ONNX tensor's name
  uint64_t matrices = 1;
  uint64_t inner = 1, columns = 1; // of each matrix
  bool columnsFirst = false;       // in the ONNX tensor: columns, then inner

  uint64_t elements() const;       // of the ONNX tensor; 0 if more than 2^32
  uint64_t paddedElements() const; // of the panels; likewise
};

/// A tensor of the model, one leaf of the context tree. Views share a value.
struct Value {
  enum class Kind : uint8_t { Weight, Input, Activation };
  Kind kind = Kind::Activation;
  std::string name; // the ONNX value's name, unique
  TensorType type;
  uint64_t offset = 0; // weights only: byte offset in weights.bin
  Hash root{};         // weights only: root of the padded tensor
  std::optional<Panels> panels =
      std::nullopt; // weights only: if `type` is that of panels

  /// Depth of the value's subtree: 2^depth * 32 bytes hold the padded tensor.
  unsigned depth() const { return vm::depthForBytes(type.bytes()); }
};

/// A dispute cuts an interval of transitions into 2^sectionBits parts,
/// so the lengths of traces are powers of that number.
constexpr unsigned sectionBits = 4;

/// Where a value lies in a node's data memory; address is a multiple of the
/// padded size 2^(depth + 5).
struct Slot {
  uint32_t value = 0; // index into Manifest::values
  uint32_t address = 0;
  uint8_t depth = 0;
};

/// One graph node: one run of one guest function. Its initial memory is zero
/// but for the operand slots, its registers are zero but for pc, nextPc, $sp.
struct Node {
  std::string name; // unique; the anchor's ONNX node name
  std::vector<std::string>
      operators;        // "Conv", "Add", "Relu": the fused ONNX operators
  std::string function; // guest symbol, shared by equal nodes
  uint32_t entry = 0;   // code address
  uint32_t stackPointer = 0;
  uint8_t memDepth = 0;
  uint8_t stepBits = 0; // the node halts within 2^stepBits steps; 4, 8, … 48
  std::vector<Slot> operands; // at most 256, distinct, in ascending address
  std::vector<Slot> results;  // at most 16, distinct, in ascending address
};

/// A named model input or output. `type` is the ONNX one, which may differ in
/// shape from the value's own when the two are views of each other.
struct Port {
  std::string name;
  uint32_t value = 0;
  TensorType type;
};

struct Manifest {
  std::string producer;      // "opml-compile 0.1.0"
  std::vector<Value> values; // weights first, then inputs, then activations
  std::vector<Node> nodes;   // in execution order
  std::vector<Port> inputs;
  std::vector<Port> outputs;
  // Filled in by finishManifest from the program and the above.
  uint64_t weightsBytes = 0;
  Hash programHash{};
  Hash codeRoot{};
  uint8_t codeDepth = 0;
  Hash modelRoot{};

  uint8_t contextDepth() const; // least d with 2^d >= values.size()
  uint8_t nodeBits() const;  // least multiple of sectionBits with 2^b >= nodes
  uint16_t maxSlots() const; // most operands and results that a node has
};

/// A node's descriptor as it is hashed under its domain tag.
std::vector<uint8_t> packNode(const Node &node);
Hash nodeHash(const Node &node);
/// The leaves of the tree of nodes, and its root.
std::vector<Hash> nodeHashes(const Manifest &manifest);
Hash nodesRoot(const Manifest &manifest);
/// Siblings of leaf `index` in the tree of these leaves, then zeros, its own
/// one first. Requires index < 2^depth, and at most as many leaves.
std::vector<Hash> leafProof(const std::vector<Hash> &leaves, unsigned depth,
                            uint64_t index);
/// An input or output as it is hashed under its domain tag.
std::vector<uint8_t> packPort(const Port &port);
/// Binds inputs and outputs.
Hash signatureHash(const Manifest &manifest);
/// Root of the context tree for these value roots (one per value, zero where
/// the value does not exist yet).
Hash contextRoot(const Manifest &manifest, const std::vector<Hash> &valueRoots);
/// The context root before the inputs are known: only the weights exist.
Hash initialContext(const Manifest &manifest);
/// What takes the context's place behind a node that fails.
Hash failedContext();
/// The commitment to the outputs of a run: all the server posts.
Hash outputRoot(const Manifest &manifest, const std::vector<Hash> &valueRoots);
Hash computeModelRoot(const Manifest &manifest);
/// Checks every descriptor against docs/image-format.md: slots inside memory,
/// aligned, disjoint; operands written before they are read; bounds.
Expected<void> checkManifest(const Manifest &manifest);

/// Supplies the bytes of weight `valueIndex` while an image is written.
struct WeightSource {
  virtual ~WeightSource() = default;
  virtual std::span<const uint8_t> bytes(uint32_t valueIndex) = 0;
};

/// Lays out and hashes the weights, computes all roots, checks the result and
/// writes the image directory; it appears at `path` whole or not at all. An
/// existing image there is replaced; any other existing path is an error.
Expected<Manifest> writeImage(const std::string &path, Manifest manifest,
                              std::span<const uint8_t> programElf,
                              WeightSource &weights);

class Image {
public:
  /// Reads and checks manifest and program: a changed byte in either is an
  /// error here. weights.bin is mapped; only its size is checked.
  static Expected<Image> open(const std::string &path);

  const Manifest &manifest() const;
  std::shared_ptr<const vm::Program> program() const;

  /// The bytes of a weight, checked against its root on first use.
  Expected<std::span<const uint8_t>> weight(uint32_t valueIndex) const;
  /// Puts a weight into the memory of a machine of depth >= slot.depth. Its
  /// pages are mapped and its tree is known: neither copied nor hashed.
  Expected<void> loadWeight(vm::Machine &machine, const Slot &slot) const;
  /// Checks every weight and every padding byte of weights.bin.
  Expected<void> verifyWeights() const;

private:
  struct Data;
  std::shared_ptr<Data> data;
};

} // namespace opml::runtime

#endif // OPML_RUNTIME_IMAGE_H
