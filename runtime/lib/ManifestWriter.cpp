//===- ManifestWriter.cpp - Manifest to manifest.json ---------------------===//

#include "ManifestJson.h"
#include "opml/runtime/Hex.h"
#include <nlohmann/json.hpp>

using namespace opml::runtime;
using Json = nlohmann::ordered_json; // keeps the order of the keys

static Json typed(const TensorType &type, Json object) {
  object["type"] = elementTypeName(type.elementType);
  object["shape"] = type.shape;
  return object;
}

static Json valueJson(const Value &value) {
  static constexpr const char *kinds[] = {"weight", "input", "activation"};
  Json object = typed(value.type,
                      {{"kind", kinds[int(value.kind)]}, {"name", value.name}});
  if (value.kind == Value::Kind::Weight) {
    object["offset"] = value.offset;
    object["root"] = toHex(value.root);
    if (const std::optional<Panels> &panels = value.panels)
      object["panels"] = {{"tensor", panels->tensor},
                          {"matrices", panels->matrices},
                          {"inner", panels->inner},
                          {"columns", panels->columns},
                          {"columnsFirst", panels->columnsFirst}};
  }
  return object;
}

static Json slotsJson(const std::vector<Slot> &slots) {
  Json array = Json::array();
  for (const Slot &slot : slots)
    array.push_back({{"value", slot.value},
                     {"address", slot.address},
                     {"depth", slot.depth}});
  return array;
}

static Json nodeJson(const Node &node) {
  return {{"name", node.name},
          {"operators", node.operators},
          {"function", node.function},
          {"entry", node.entry},
          {"stackPointer", node.stackPointer},
          {"memDepth", node.memDepth},
          {"stepBits", node.stepBits},
          {"operands", slotsJson(node.operands)},
          {"results", slotsJson(node.results)}};
}

static Json portJson(const Port &port) {
  return typed(port.type, {{"name", port.name}, {"value", port.value}});
}

template <typename T>
static Json arrayOf(const std::vector<T> &elements, Json (*json)(const T &)) {
  Json array = Json::array();
  for (const T &element : elements)
    array.push_back(json(element));
  return array;
}

std::string opml::runtime::writeManifest(const Manifest &manifest) {
  Json object = {{"format", "opml-image"},
                 {"version", 1},
                 {"producer", manifest.producer},
                 {"modelRoot", toHex(manifest.modelRoot)},
                 {"programHash", toHex(manifest.programHash)},
                 {"codeRoot", toHex(manifest.codeRoot)},
                 {"codeDepth", manifest.codeDepth},
                 {"initialContext", toHex(initialContext(manifest))},
                 {"contextDepth", manifest.contextDepth()},
                 {"nodeBits", manifest.nodeBits()},
                 {"maxSlots", manifest.maxSlots()},
                 {"weightsBytes", manifest.weightsBytes},
                 {"values", arrayOf(manifest.values, valueJson)},
                 {"nodes", arrayOf(manifest.nodes, nodeJson)},
                 {"inputs", arrayOf(manifest.inputs, portJson)},
                 {"outputs", arrayOf(manifest.outputs, portJson)},
                 {"manifestHash", toHex(Hash{})}};
  std::string text = object.dump(2) + "\n";
  Hash hash = vm::keccak256(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()});
  size_t end = text.size() - manifestHashSuffix.size();
  text.replace(end - hashDigits, hashDigits, hexDigits(hash));
  return text;
}
