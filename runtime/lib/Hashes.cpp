//===- Hashes.cpp - The hashes of docs/image-format.md --------------------===//

#include "opml/runtime/Image.h"
#include <bit>

using namespace opml;
using namespace opml::runtime;

namespace {

/// Hashes big-endian integers and byte strings under a domain tag.
class TaggedHash {
public:
  /// `tag` has at most 32 characters.
  explicit TaggedHash(std::string_view tag) {
    Hash padded{};
    std::copy(tag.begin(), tag.end(), padded.begin());
    hash(padded);
  }

  template <typename Int> TaggedHash &number(Int value) {
    uint8_t bytes[sizeof(Int)];
    for (size_t i = 0; i < sizeof(Int); ++i)
      bytes[i] = uint8_t(value >> (8 * (sizeof(Int) - 1 - i)));
    sponge.update(bytes);
    return *this;
  }
  TaggedHash &u8(uint8_t value) { return number(value); }
  TaggedHash &u16(uint16_t value) { return number(value); }
  TaggedHash &u32(uint32_t value) { return number(value); }
  TaggedHash &u64(uint64_t value) { return number(value); }
  TaggedHash &hash(const Hash &value) {
    sponge.update(value);
    return *this;
  }
  TaggedHash &text(std::string_view value) {
    sponge.update(
        {reinterpret_cast<const uint8_t *>(value.data()), value.size()});
    return *this;
  }
  Hash finish() { return sponge.finalize(); }

private:
  vm::Keccak256 sponge;
};

/// Root of the tree whose leaves are `leaves`, then zeros.
Hash rootOfLeaves(const std::vector<Hash> &leaves, unsigned depth) {
  return vm::merkleRoot({reinterpret_cast<const uint8_t *>(leaves.data()),
                         leaves.size() * sizeof(Hash)},
                        depth);
}

unsigned depthForLeaves(size_t count) {
  return count <= 1 ? 0 : unsigned(std::bit_width(count - 1));
}

Hash portHash(const Port &port) {
  TaggedHash packed("opml.port.v1");
  packed.u32(port.value).u8(uint8_t(port.type.elementType));
  packed.u8(uint8_t(port.type.shape.size()));
  for (int64_t dim : port.type.shape)
    packed.u64(uint64_t(dim));
  return packed.text(port.name).finish();
}

Hash signatureHash(const Manifest &manifest) {
  TaggedHash packed("opml.signature.v1");
  packed.u16(uint16_t(manifest.inputs.size()));
  packed.u16(uint16_t(manifest.outputs.size()));
  for (const Port &port : manifest.inputs)
    packed.hash(portHash(port));
  for (const Port &port : manifest.outputs)
    packed.hash(portHash(port));
  return packed.finish();
}

Hash nodesRoot(const Manifest &manifest) {
  std::vector<Hash> leaves;
  leaves.reserve(manifest.nodes.size());
  for (const Node &node : manifest.nodes)
    leaves.push_back(nodeHash(node));
  return rootOfLeaves(leaves, manifest.nodeBits());
}

} // namespace

uint8_t Manifest::contextDepth() const {
  return uint8_t(depthForLeaves(values.size()));
}

uint8_t Manifest::nodeBits() const {
  return uint8_t(depthForLeaves(nodes.size()));
}

Hash opml::runtime::nodeHash(const Node &node) {
  TaggedHash packed("opml.node.v1");
  packed.u32(node.entry).u32(node.stackPointer);
  packed.u8(node.memDepth).u8(node.stepBits);
  packed.u16(uint16_t(node.operands.size()));
  packed.u16(uint16_t(node.results.size()));
  for (const std::vector<Slot> *slots : {&node.operands, &node.results})
    for (const Slot &slot : *slots)
      packed.u32(slot.value).u32(slot.address).u8(slot.depth);
  return packed.finish();
}

Hash opml::runtime::contextRoot(const Manifest &manifest,
                                const std::vector<Hash> &valueRoots) {
  return rootOfLeaves(valueRoots, manifest.contextDepth());
}

Hash opml::runtime::initialContext(const Manifest &manifest) {
  std::vector<Hash> roots;
  roots.reserve(manifest.values.size());
  for (const Value &value : manifest.values)
    roots.push_back(value.kind == Value::Kind::Weight ? value.root : Hash{});
  return contextRoot(manifest, roots);
}

Hash opml::runtime::outputRoot(const Manifest &manifest,
                               const std::vector<Hash> &valueRoots) {
  TaggedHash packed("opml.output.v1");
  packed.u16(uint16_t(manifest.outputs.size()));
  for (const Port &port : manifest.outputs)
    packed.hash(valueRoots[port.value]);
  return packed.finish();
}

Hash opml::runtime::computeModelRoot(const Manifest &manifest) {
  return TaggedHash("opml.model.v1")
      .hash(manifest.codeRoot)
      .u8(manifest.codeDepth)
      .hash(initialContext(manifest))
      .u8(manifest.contextDepth())
      .hash(nodesRoot(manifest))
      .u8(manifest.nodeBits())
      .hash(signatureHash(manifest))
      .finish();
}
