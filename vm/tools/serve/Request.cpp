//===- Request.cpp - One line of what opml-vm serve is asked --------------===//

#include "Request.h"
#include <algorithm>
#include <optional>
#include <set>
#include <vector>

using namespace opml::vm::serve;

namespace {

struct Signature {
  std::string_view name;
  Operation operation;
  std::vector<std::string_view> numbers;
};

const Signature signatures[] = {
    {"model", Operation::Model, {}},
    {"node", Operation::Node, {"node"}},
    {"context", Operation::Context, {"nodes"}},
    {"contexts", Operation::Contexts, {}},
    {"value", Operation::Value, {"nodes", "value"}},
    {"steps", Operation::Steps, {"node"}},
    {"state", Operation::State, {"node", "step"}},
    {"section", Operation::Section, {"node", "from", "to", "k"}},
    {"witness", Operation::Witness, {"node", "step"}},
    {"slots", Operation::Slots, {"node", "step"}},
    {"cancel", Operation::Cancel, {}},
};

constexpr std::string_view cancelledKey = "request";

std::string inQuotes(std::string_view name) {
  return "'" + std::string(name) + "'";
}

/// Parses an object of plain values whose keys do not repeat.
std::optional<std::string> parseObject(std::string_view line, Json &object) {
  std::optional<std::string> mistake;
  std::set<std::string> keys;
  auto look = [&](int depth, Json::parse_event_t event, Json &parsed) {
    using Event = Json::parse_event_t;
    bool opens = event == Event::object_start || event == Event::array_start;
    if (opens && depth > 0 && !mistake)
      mistake = "a request holds no lists or objects";
    if (event == Event::key && depth == 1 && !mistake)
      if (auto key = parsed.get<std::string>(); !keys.insert(key).second)
        mistake = inQuotes(key) + " is there twice";
    return true;
  };
  object = Json::parse(line, look, /*allow_exceptions=*/false);
  if (object.is_discarded() || !object.is_object())
    return "the line is not a JSON object";
  return mistake;
}

bool isId(const Json &value) {
  constexpr size_t maxIdBytes = 64;
  return value.is_number_integer() ||
         (value.is_string() &&
          value.get_ref<const std::string &>().size() <= maxIdBytes);
}

std::string idMistake(std::string_view key) {
  return inQuotes(key) + " is neither an integer nor a string of at most 64 "
                         "bytes";
}

std::string allNames() {
  std::string names;
  for (const Signature &signature : signatures)
    names += (names.empty() ? "" : ", ") + std::string(signature.name);
  return names;
}

/// Takes the id under this key out of the object.
std::optional<std::string> takeId(Json &object, std::string_view key,
                                  Json &id) {
  auto found = object.find(key);
  if (found == object.end())
    return inQuotes(key) + " is missing";
  if (!isId(*found))
    return idMistake(key);
  id = *found;
  object.erase(found);
  return {};
}

std::optional<std::string> takeNumber(Json &object, std::string_view key,
                                      uint64_t &number) {
  auto found = object.find(key);
  if (found == object.end())
    return inQuotes(key) + " is missing";
  if (!found->is_number_unsigned())
    return inQuotes(key) + " is not an integer from 0 to 2^64 - 1";
  number = found->get<uint64_t>();
  object.erase(found);
  return {};
}

/// Finds the signature that "op" names and takes that key away.
std::optional<std::string> takeOperation(Json &object,
                                         const Signature *&signature) {
  auto found = object.find("op");
  if (found == object.end())
    return "'op' is missing";
  if (!found->is_string())
    return "'op' is not a string";
  const auto &name = found->get_ref<const std::string &>();
  signature = std::ranges::find(signatures, name, &Signature::name);
  if (signature == std::end(signatures))
    return "there is no op " + inQuotes(name) + "; there are " + allNames();
  object.erase(found);
  return {};
}

/// What follows the id.
std::optional<std::string> readRest(Json &object, Request &request) {
  const Signature *signature = nullptr;
  if (auto mistake = takeOperation(object, signature))
    return mistake;
  request.operation = signature->operation;
  for (size_t i = 0; i < signature->numbers.size(); ++i)
    if (auto mistake =
            takeNumber(object, signature->numbers[i], request.numbers[i]))
      return mistake;
  if (request.operation == Operation::Cancel)
    if (auto mistake = takeId(object, cancelledKey, request.cancelled))
      return mistake;
  if (!object.empty())
    return inQuotes(object.begin().key()) + " does not belong to op " +
           inQuotes(signature->name);
  return {};
}

} // namespace

tl::expected<Request, Malformed>
opml::vm::serve::parseRequest(std::string_view line) {
  Json object;
  Request request;
  auto mistake = parseObject(line, object);
  if (!mistake)
    mistake = takeId(object, "id", request.id);
  if (!mistake)
    mistake = readRest(object, request);
  if (mistake)
    return tl::unexpected(Malformed{std::move(request.id), *mistake});
  return request;
}
