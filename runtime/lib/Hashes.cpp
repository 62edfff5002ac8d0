//===- Hashes.cpp - The hashes of docs/image-format.md --------------------===//

#include "opml/runtime/Image.h"
#include <algorithm>
#include <bit>

using namespace opml;
using namespace opml::runtime;

namespace {

/// Big-endian integers and byte strings, one after another.
class Packed {
public:
  template <typename Int> Packed &number(Int value) {
    for (size_t i = 0; i < sizeof(Int); ++i)
      all.push_back(uint8_t(value >> (8 * (sizeof(Int) - 1 - i))));
    return *this;
  }
  Packed &u8(uint8_t value) { return number(value); }
  Packed &u16(uint16_t value) { return number(value); }
  Packed &u32(uint32_t value) { return number(value); }
  Packed &u64(uint64_t value) { return number(value); }
  Packed &hash(const Hash &value) { return bytes(value); }
  Packed &bytes(std::span<const uint8_t> value) {
    all.insert(all.end(), value.begin(), value.end());
    return *this;
  }
  Packed &text(std::string_view value) {
    return bytes(
        {reinterpret_cast<const uint8_t *>(value.data()), value.size()});
  }
  std::vector<uint8_t> take() { return std::move(all); }

  /// The hash of the bytes under a domain tag of at most 32 characters.
  Hash taggedHash(std::string_view tag) const {
    Hash padded{};
    std::copy(tag.begin(), tag.end(), padded.begin());
    vm::Keccak256 sponge;
    sponge.update(padded);
    sponge.update(all);
    return sponge.finalize();
  }

private:
  std::vector<uint8_t> all;
};

std::span<const uint8_t> bytesOf(const std::vector<Hash> &leaves) {
  return {reinterpret_cast<const uint8_t *>(leaves.data()),
          leaves.size() * sizeof(Hash)};
}

unsigned depthForLeaves(size_t count) {
  return count <= 1 ? 0 : unsigned(std::bit_width(count - 1));
}

} // namespace

uint8_t Manifest::contextDepth() const {
  return uint8_t(depthForLeaves(values.size()));
}

uint8_t Manifest::nodeBits() const {
  unsigned levels =
      (depthForLeaves(nodes.size()) + sectionBits - 1) / sectionBits;
  return uint8_t(levels * sectionBits);
}

uint16_t Manifest::maxSlots() const {
  size_t most = 0;
  for (const Node &node : nodes)
    most = std::max(most, node.operands.size() + node.results.size());
  return uint16_t(most);
}

std::vector<uint8_t> opml::runtime::packNode(const Node &node) {
  Packed packed;
  packed.u32(node.entry).u32(node.stackPointer);
  packed.u8(node.memDepth).u8(node.stepBits);
  packed.u16(uint16_t(node.operands.size()));
  packed.u16(uint16_t(node.results.size()));
  for (const std::vector<Slot> *slots : {&node.operands, &node.results})
    for (const Slot &slot : *slots)
      packed.u32(slot.value).u32(slot.address).u8(slot.depth);
  return packed.take();
}

Hash opml::runtime::nodeHash(const Node &node) {
  return Packed().bytes(packNode(node)).taggedHash("opml.node.v1");
}

Hash opml::runtime::nodesRoot(const Manifest &manifest) {
  return vm::merkleRoot(bytesOf(nodeHashes(manifest)), manifest.nodeBits());
}

std::vector<Hash> opml::runtime::leafProof(const std::vector<Hash> &leaves,
                                           unsigned depth, uint64_t index) {
  return vm::MerkleTree(bytesOf(leaves), depth)
      .proof(bytesOf(leaves), index * vm::leafBytes);
}

std::vector<uint8_t> opml::runtime::packPort(const Port &port) {
  Packed packed;
  packed.u32(port.value).u8(uint8_t(port.type.elementType));
  packed.u8(uint8_t(port.type.shape.size()));
  for (int64_t dim : port.type.shape)
    packed.u64(uint64_t(dim));
  return packed.text(port.name).take();
}

static Hash portHash(const Port &port) {
  return Packed().bytes(packPort(port)).taggedHash("opml.port.v1");
}

Hash opml::runtime::signatureHash(const Manifest &manifest) {
  Packed packed;
  packed.u16(uint16_t(manifest.inputs.size()));
  packed.u16(uint16_t(manifest.outputs.size()));
  for (const Port &port : manifest.inputs)
    packed.hash(portHash(port));
  for (const Port &port : manifest.outputs)
    packed.hash(portHash(port));
  return packed.taggedHash("opml.signature.v1");
}

std::vector<Hash> opml::runtime::nodeHashes(const Manifest &manifest) {
  std::vector<Hash> leaves;
  leaves.reserve(manifest.nodes.size());
  for (const Node &node : manifest.nodes)
    leaves.push_back(nodeHash(node));
  return leaves;
}

Hash opml::runtime::contextRoot(const Manifest &manifest,
                                const std::vector<Hash> &valueRoots) {
  return vm::merkleRoot(bytesOf(valueRoots), manifest.contextDepth());
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
  Packed packed;
  packed.u16(uint16_t(manifest.outputs.size()));
  for (const Port &port : manifest.outputs)
    packed.hash(valueRoots[port.value]);
  return packed.taggedHash("opml.output.v1");
}

Hash opml::runtime::failedContext() {
  return Packed().taggedHash("opml.failed.v1");
}

Hash opml::runtime::computeModelRoot(const Manifest &manifest) {
  return Packed()
      .hash(manifest.codeRoot)
      .u8(manifest.codeDepth)
      .hash(initialContext(manifest))
      .u8(manifest.contextDepth())
      .hash(nodesRoot(manifest))
      .u8(manifest.nodeBits())
      .u16(manifest.maxSlots())
      .hash(signatureHash(manifest))
      .taggedHash("opml.model.v1");
}
