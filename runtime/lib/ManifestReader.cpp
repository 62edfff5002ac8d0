//===- ManifestReader.cpp - manifest.json to Manifest ---------------------===//
//
// The file may come from a stranger, hash and all. Every field's type and
// range is checked before it is taken, nesting is bounded before parsing, and
// in the end the text must be the one that the writer gives.
//
//===----------------------------------------------------------------------===//

#include "ManifestJson.h"
#include "opml/runtime/Hex.h"
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

using namespace opml;
using namespace opml::runtime;
using Json = nlohmann::json;

namespace {

constexpr int maxNesting = 8; // the format itself needs five

/// Reads the members of one JSON object. The first failure is kept in `error`
/// (shared by all readers of a file); members read after it are defaults.
class ObjectReader {
public:
  ObjectReader(const Json &json, std::string where, std::optional<Error> &error)
      : json(json), where(std::move(where)), error(error) {
    if (!json.is_object())
      fail("not an object");
  }

  template <typename Int> void number(const char *key, Int &out) {
    const Json &member = find(key);
    if (!member.is_number_unsigned() ||
        member.get<uint64_t>() > uint64_t(std::numeric_limits<Int>::max()))
      return failMember(key, "an integer in range");
    out = Int(member.get<uint64_t>());
  }

  void text(const char *key, std::string &out) {
    const Json &member = find(key);
    if (!member.is_string())
      return failMember(key, "a string");
    out = member.get_ref<const std::string &>();
  }

  void hash(const char *key, Hash &out) {
    std::string digits;
    text(key, digits);
    if (!parseHash(digits, out))
      failMember(key, "a hash");
  }

  void boolean(const char *key, bool &out) {
    const Json &member = find(key);
    if (!member.is_boolean())
      return failMember(key, "true or false");
    out = member.get<bool>();
  }

  /// Reads an object with `read(reader, out)` if there is one.
  template <typename T, typename Read>
  void optionalObject(const char *key, std::optional<T> &out, Read read) {
    if (find(key).is_null())
      return;
    ObjectReader reader(find(key), where + key + " ", error);
    read(reader, out.emplace());
  }

  /// "type" and "shape".
  void type(TensorType &out) {
    std::string name;
    text("type", name);
    if (Expected<ElementType> element = parseElementType(name))
      out.elementType = *element;
    else
      failMember("type", "an element type");
    for (const Json &dim : array("shape")) {
      if (!dim.is_number_unsigned() || dim.get<uint64_t>() > INT64_MAX)
        return failMember("shape", "an array of sizes");
      out.shape.push_back(int64_t(dim.get<uint64_t>()));
    }
  }

  void texts(const char *key, std::vector<std::string> &out) {
    for (const Json &element : array(key)) {
      if (!element.is_string())
        return failMember(key, "an array of strings");
      out.push_back(element.get_ref<const std::string &>());
    }
  }

  /// Reads every object of an array with `read(reader, element)`.
  template <typename T, typename Read>
  void objects(const char *key, std::vector<T> &out, Read read) {
    size_t index = 0;
    for (const Json &element : array(key)) {
      if (error)
        return;
      ObjectReader reader(
          element, where + key + "[" + std::to_string(index++) + "] ", error);
      read(reader, out.emplace_back());
    }
  }

  void fail(const std::string &what) {
    if (!error)
      error = Error{where + what};
  }

private:
  static const Json &null() {
    static const Json value;
    return value;
  }
  const Json &find(const char *key) {
    if (error)
      return null();
    auto member = json.find(key);
    return member == json.end() ? null() : *member;
  }
  const Json &array(const char *key) {
    static const Json empty = Json::array();
    const Json &member = find(key);
    if (member.is_array())
      return member;
    failMember(key, "an array");
    return empty;
  }
  void failMember(const char *key, const char *expected) {
    if (!error)
      error = Error{where + key + " is not " + expected};
  }

  const Json &json;
  std::string where;
  std::optional<Error> &error;
};

void readPanels(ObjectReader &reader, Panels &panels) {
  reader.text("tensor", panels.tensor);
  reader.number("matrices", panels.matrices);
  reader.number("inner", panels.inner);
  reader.number("columns", panels.columns);
  reader.boolean("columnsFirst", panels.columnsFirst);
}

void readValue(ObjectReader &reader, Value &value) {
  std::string kind;
  reader.text("kind", kind);
  reader.text("name", value.name);
  reader.type(value.type);
  if (kind == "weight") {
    value.kind = Value::Kind::Weight;
    reader.number("offset", value.offset);
    reader.hash("root", value.root);
    reader.optionalObject("panels", value.panels, readPanels);
  } else if (kind == "input") {
    value.kind = Value::Kind::Input;
  } else if (kind == "activation") {
    value.kind = Value::Kind::Activation;
  } else {
    reader.fail("unknown kind of value '" + kind + "'");
  }
}

void readSlot(ObjectReader &reader, Slot &slot) {
  reader.number("value", slot.value);
  reader.number("address", slot.address);
  reader.number("depth", slot.depth);
}

void readNode(ObjectReader &reader, Node &node) {
  reader.text("name", node.name);
  reader.texts("operators", node.operators);
  reader.text("function", node.function);
  reader.number("entry", node.entry);
  reader.number("stackPointer", node.stackPointer);
  reader.number("memDepth", node.memDepth);
  reader.number("stepBits", node.stepBits);
  reader.objects("operands", node.operands, readSlot);
  reader.objects("results", node.results, readSlot);
}

void readPort(ObjectReader &reader, Port &port) {
  reader.text("name", port.name);
  reader.number("value", port.value);
  reader.type(port.type);
}

/// Derived members (initialContext, contextDepth, nodeBits, maxSlots) are left
/// to the comparison with the writer's text.
Expected<Manifest> fromJson(const Json &json) {
  std::optional<Error> error;
  ObjectReader reader(json, "", error);
  std::string format;
  unsigned version = 0;
  reader.text("format", format);
  reader.number("version", version);
  if (!error && format != "opml-image")
    return makeError("not an opML image manifest");
  if (!error && version != 1)
    return makeError("image format version " + std::to_string(version) +
                     " is not supported; this build reads version 1");
  Manifest manifest;
  reader.text("producer", manifest.producer);
  reader.hash("modelRoot", manifest.modelRoot);
  reader.hash("programHash", manifest.programHash);
  reader.hash("codeRoot", manifest.codeRoot);
  reader.number("codeDepth", manifest.codeDepth);
  reader.number("weightsBytes", manifest.weightsBytes);
  reader.objects("values", manifest.values, readValue);
  reader.objects("nodes", manifest.nodes, readNode);
  reader.objects("inputs", manifest.inputs, readPort);
  reader.objects("outputs", manifest.outputs, readPort);
  if (error)
    return tl::unexpected(*error);
  return manifest;
}

/// Greatest depth of brackets and braces outside strings.
int nesting(std::string_view text) {
  int depth = 0, deepest = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (inString) {
      if (c == '\\')
        ++i;
      inString = c != '"';
    } else if (c == '"') {
      inString = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

Expected<void> checkHash(std::string_view text) {
  size_t tail =
      manifestHashPrefix.size() + hashDigits + manifestHashSuffix.size();
  if (text.size() < tail ||
      !text.substr(text.size() - tail).starts_with(manifestHashPrefix) ||
      !text.ends_with(manifestHashSuffix))
    return makeError("does not end with a manifestHash; the file is damaged or "
                     "truncated");
  std::string zeroed(text);
  size_t begin = text.size() - manifestHashSuffix.size() - hashDigits;
  zeroed.replace(begin, hashDigits, hashDigits, '0');
  Hash hash = vm::keccak256(
      {reinterpret_cast<const uint8_t *>(zeroed.data()), zeroed.size()});
  if (hexDigits(hash) != text.substr(begin, hashDigits))
    return makeError("manifestHash does not match; the file is damaged");
  return {};
}

} // namespace

Expected<Manifest> opml::runtime::readManifest(std::string_view text) {
  if (Expected<void> ok = checkHash(text); !ok)
    return tl::unexpected(ok.error());
  if (nesting(text) > maxNesting)
    return makeError("nested too deeply");
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded())
    return makeError("not valid JSON");
  Expected<Manifest> manifest = fromJson(json);
  if (!manifest)
    return manifest;
  if (Expected<void> ok = checkManifest(*manifest); !ok)
    return tl::unexpected(ok.error());
  if (writeManifest(*manifest) != text)
    return makeError("not in canonical form: a key, a derived value or the "
                     "layout differs from docs/image-format.md");
  return manifest;
}
