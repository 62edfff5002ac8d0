//===- Request.h - One line of what opml-vm serve is asked ------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_SERVE_REQUEST_H
#define OPML_VM_TOOLS_SERVE_REQUEST_H

#include "opml/vm/Error.h"
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>

namespace opml::vm::serve {

using Json = nlohmann::ordered_json;

/// Bytes of a line at most.
inline constexpr size_t maxLineBytes = 4096;

/// What may be asked: its name, and the names of its numbers, all required.
enum class Operation {
  Model,
  Node,
  Context,
  Contexts,
  Value,
  Steps,
  State,
  Section,
  Witness,
  Slots,
  Cancel,
};

struct Request {
  Json id; // a string or an integer
  Operation operation{};
  std::array<uint64_t, 4> numbers{}; // in the order of their names
  Json cancelled;                    // the id that a Cancel names
};

/// A line that is no request: what is wrong, and its id if that is known.
struct Malformed {
  Json id; // or null
  std::string message;
};

/// Reads one line, without its end. Every key must be known and there once.
tl::expected<Request, Malformed> parseRequest(std::string_view line);

} // namespace opml::vm::serve

#endif // OPML_VM_TOOLS_SERVE_REQUEST_H
