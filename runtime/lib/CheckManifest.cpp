//===- CheckManifest.cpp - What a well-formed manifest satisfies ----------===//
//
// One function per group of the rules numbered in docs/image-format.md. A
// manifest may come from a stranger: nothing is computed from a field before
// the field's range has been checked.
//
//===----------------------------------------------------------------------===//

#include "ImageFiles.h"
#include "Utf8.h"
#include "opml/runtime/Image.h"
#include <algorithm>
#include <unordered_set>

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr uint64_t maxValues = uint64_t(1) << 31;
constexpr size_t maxOperands = 256;
constexpr size_t maxResults = 16;
constexpr size_t maxPorts = 65535;
constexpr unsigned maxStepBits = 48;

std::string quoted(std::string_view name) {
  return "'" + std::string(name) + "'";
}

/// `what` names the elements: "value", "node", …
template <typename Range>
Expected<void> checkNames(const Range &elements, const std::string &what) {
  std::unordered_set<std::string_view> seen;
  for (const auto &element : elements) {
    if (!isUtf8(element.name))
      return makeError("the name of a " + what + " is not UTF-8");
    if (!seen.insert(element.name).second)
      return makeError("two " + what + "s are named " + quoted(element.name));
  }
  return {};
}

/// Rule 1.
Expected<void> checkValues(const Manifest &manifest) {
  if (manifest.values.size() > maxValues)
    return makeError("more than 2^31 values");
  Value::Kind previous = Value::Kind::Weight;
  for (const Value &value : manifest.values) {
    if (value.kind < previous)
      return makeError("value " + quoted(value.name) +
                       " is out of order: weights, inputs, activations");
    previous = value.kind;
    if (!value.type.isValid())
      return makeError("value " + quoted(value.name) + " has the type " +
                       value.type.str() +
                       ", which exceeds 2^32 bytes or 255 "
                       "dimensions");
  }
  return checkNames(manifest.values, "value");
}

/// Rule 2 for one node, and rule 3.
Expected<void> checkBounds(const Manifest &manifest, const Node &node) {
  std::string where = "node " + quoted(node.name) + ": ";
  if (node.memDepth > vm::Memory::maxDepth)
    return makeError(where + "memDepth " + std::to_string(node.memDepth) +
                     " exceeds 27");
  if (node.stepBits == 0 || node.stepBits > maxStepBits ||
      node.stepBits % sectionBits != 0)
    return makeError(where + "stepBits " + std::to_string(node.stepBits) +
                     " is not one of 4, 8, … 48");
  if (node.operands.size() > maxOperands)
    return makeError(where + "more than 256 operands");
  if (node.results.size() > maxResults)
    return makeError(where + "more than 16 results");
  if (node.results.empty())
    return makeError(where + "no result");
  uint64_t codeEnd = uint64_t(vm::leafBytes) << manifest.codeDepth;
  if (node.entry % 4 != 0 || node.entry >= codeEnd)
    return makeError(where + "entry " + std::to_string(node.entry) +
                     " is not the address of an instruction");
  uint64_t memoryEnd = uint64_t(vm::leafBytes) << node.memDepth;
  if (node.stackPointer % 8 != 0 || node.stackPointer > memoryEnd)
    return makeError(where + "stackPointer " +
                     std::to_string(node.stackPointer) +
                     " is misaligned or outside memory");
  if (!isUtf8(node.function) || !std::ranges::all_of(node.operators, isUtf8))
    return makeError(where + "a name is not UTF-8");
  return {};
}

/// Rule 4; returns the slot's padded size.
Expected<uint64_t> checkSlot(const Manifest &manifest, const Node &node,
                             const Slot &slot) {
  std::string where = "node " + quoted(node.name) + ": ";
  if (slot.value >= manifest.values.size())
    return makeError(where + "a slot names value " +
                     std::to_string(slot.value) + ", which does not exist");
  const Value &value = manifest.values[slot.value];
  where += "the slot of " + quoted(value.name);
  if (slot.depth != value.depth())
    return makeError(where + " has depth " + std::to_string(slot.depth) +
                     ", the value " + std::to_string(value.depth()));
  uint64_t size = uint64_t(vm::leafBytes) << slot.depth;
  uint64_t memoryEnd = uint64_t(vm::leafBytes) << node.memDepth;
  if (slot.address % size != 0)
    return makeError(where + " is not aligned to its size");
  if (size > memoryEnd || slot.address > memoryEnd - size)
    return makeError(where + " lies outside memory");
  return size;
}

/// Rules 4, 5 and 9.
Expected<void> checkSlots(const Manifest &manifest, const Node &node) {
  std::vector<std::pair<uint64_t, uint64_t>> ranges; // begin, end
  for (const std::vector<Slot> *slots : {&node.operands, &node.results}) {
    std::unordered_set<uint32_t> values;
    uint32_t previous = 0;
    for (const Slot &slot : *slots) {
      Expected<uint64_t> size = checkSlot(manifest, node, slot);
      if (!size)
        return tl::unexpected(size.error());
      if (slot.address < previous)
        return makeError("node " + quoted(node.name) + ": the slot of " +
                         quoted(manifest.values[slot.value].name) +
                         " is listed behind one at a higher address");
      previous = slot.address;
      if (!values.insert(slot.value).second)
        return makeError("node " + quoted(node.name) + ": two slots hold " +
                         quoted(manifest.values[slot.value].name));
      ranges.emplace_back(slot.address, slot.address + *size);
    }
  }
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].first < ranges[i - 1].second)
      return makeError("node " + quoted(node.name) + ": slots at " +
                       std::to_string(ranges[i - 1].first) + " and " +
                       std::to_string(ranges[i].first) + " overlap");
  return {};
}

/// Rule 6 for one node, in execution order; `exists` holds one flag per value.
Expected<void> checkOrder(const Manifest &manifest, const Node &node,
                          std::vector<bool> &exists) {
  std::string where = "node " + quoted(node.name) + ": ";
  for (const Slot &slot : node.operands)
    if (!exists[slot.value])
      return makeError(where + "the operand " +
                       quoted(manifest.values[slot.value].name) +
                       " does not exist yet");
  for (const Slot &slot : node.results) {
    const Value &value = manifest.values[slot.value];
    if (value.kind != Value::Kind::Activation)
      return makeError(where + "the result " + quoted(value.name) +
                       " is not an activation");
    if (exists[slot.value])
      return makeError(where + "the result " + quoted(value.name) +
                       " is also the result of an earlier node");
    exists[slot.value] = true;
  }
  return {};
}

/// Rules 2 to 6 and 9.
Expected<void> checkNodes(const Manifest &manifest) {
  if (manifest.codeDepth > vm::Memory::maxDepth)
    return makeError("codeDepth " + std::to_string(manifest.codeDepth) +
                     " exceeds 27");
  if (Expected<void> ok = checkNames(manifest.nodes, "node"); !ok)
    return ok;
  std::vector<bool> exists;
  exists.reserve(manifest.values.size());
  for (const Value &value : manifest.values)
    exists.push_back(value.kind != Value::Kind::Activation);
  for (const Node &node : manifest.nodes) {
    if (Expected<void> ok = checkBounds(manifest, node); !ok)
      return ok;
    if (Expected<void> ok = checkSlots(manifest, node); !ok)
      return ok;
    if (Expected<void> ok = checkOrder(manifest, node, exists); !ok)
      return ok;
  }
  for (size_t i = 0; i < exists.size(); ++i)
    if (!exists[i])
      return makeError("the activation " + quoted(manifest.values[i].name) +
                       " is the result of no node");
  return {};
}

/// Rule 7 for one list of ports.
Expected<void> checkPorts(const Manifest &manifest,
                          const std::vector<Port> &ports,
                          const std::string &what) {
  if (ports.size() > maxPorts)
    return makeError("more than 65535 " + what + "s");
  for (const Port &port : ports) {
    std::string where = what + " " + quoted(port.name) + ": ";
    if (port.value >= manifest.values.size())
      return makeError(where + "value " + std::to_string(port.value) +
                       " does not exist");
    const TensorType &type = manifest.values[port.value].type;
    if (!port.type.isValid() || port.type.elementType != type.elementType ||
        port.type.bytes() != type.bytes())
      return makeError(where + "type " + port.type.str() +
                       " does not fit its value of type " + type.str());
  }
  return checkNames(ports, what);
}

/// Rule 7.
Expected<void> checkSignature(const Manifest &manifest) {
  if (Expected<void> ok = checkPorts(manifest, manifest.inputs, "input"); !ok)
    return ok;
  if (Expected<void> ok = checkPorts(manifest, manifest.outputs, "output"); !ok)
    return ok;
  if (manifest.outputs.empty())
    return makeError("the model has no output");
  std::vector<bool> bound(manifest.values.size());
  uint32_t previous = 0;
  for (const Port &port : manifest.inputs) {
    if (manifest.values[port.value].kind != Value::Kind::Input)
      return makeError("input " + quoted(port.name) +
                       ": its value is not an input");
    if (bound[port.value])
      return makeError("input " + quoted(port.name) +
                       ": its value has two input ports");
    if (port.value < previous)
      return makeError("input " + quoted(port.name) +
                       ": listed behind the port of a later value");
    previous = port.value;
    bound[port.value] = true;
  }
  for (size_t i = 0; i < bound.size(); ++i)
    if (manifest.values[i].kind == Value::Kind::Input && !bound[i])
      return makeError("the input value " + quoted(manifest.values[i].name) +
                       " has no input port");
  return {};
}

/// Rule 10.
Expected<void> checkPanels(const Manifest &manifest) {
  for (const Value &value : manifest.values) {
    if (!value.panels)
      continue;
    std::string where = "weight " + quoted(value.name) + ": ";
    if (!isUtf8(value.panels->tensor))
      return makeError(where + "the name of its tensor is not UTF-8");
    const std::vector<int64_t> &shape = value.type.shape;
    if (shape.empty() || shape.back() != Panels::width ||
        value.panels->elements() == 0 ||
        value.panels->paddedElements() != uint64_t(value.type.elements()))
      return makeError(where + "its panels do not fit its type " +
                       value.type.str());
  }
  return {};
}

/// Rule 8.
Expected<void> checkWeights(const Manifest &manifest) {
  uint64_t end = 0;
  for (const Value &value : manifest.values) {
    if (value.kind != Value::Kind::Weight)
      break;
    std::string where = "weight " + quoted(value.name) + ": ";
    uint64_t size = value.type.bytes();
    if (value.offset % weightAlignment(size) != 0 || value.offset < end)
      return makeError(where + "offset " + std::to_string(value.offset) +
                       " is misaligned or overlaps the weight before");
    if (value.offset > manifest.weightsBytes ||
        size > manifest.weightsBytes - value.offset)
      return makeError(where + "lies outside weights.bin");
    end = value.offset + size;
  }
  if (end != manifest.weightsBytes)
    return makeError("weights.bin does not end with the last weight");
  return {};
}

} // namespace

/// The product of factors that a stranger may have chosen, 0 if it exceeds the
/// size of any tensor.
static uint64_t boundedProduct(std::initializer_list<uint64_t> factors) {
  uint64_t product = 1;
  for (uint64_t factor : factors) {
    if (factor == 0 || factor > TensorType::maxBytes / product)
      return 0;
    product *= factor;
  }
  return product;
}

uint64_t Panels::elements() const {
  return boundedProduct({matrices, inner, columns});
}

uint64_t Panels::paddedElements() const {
  uint64_t panels = columns / width + (columns % width != 0);
  return boundedProduct({matrices, inner, panels, width});
}

Expected<void> opml::runtime::checkManifest(const Manifest &manifest) {
  if (!isUtf8(manifest.producer))
    return makeError("the producer's name is not UTF-8");
  for (auto *check :
       {checkValues, checkNodes, checkSignature, checkWeights, checkPanels})
    if (Expected<void> ok = check(manifest); !ok)
      return ok;
  return {};
}
