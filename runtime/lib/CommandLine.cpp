//===- CommandLine.cpp - Options of the tools that link no LLVM -----------===//

#include "opml/runtime/CommandLine.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <unistd.h>

using namespace opml;
using namespace opml::runtime;

static std::vector<std::string_view> splitWords(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

static Error usageError(const Command &command, const std::string &message) {
  return Error{message + "; see " + std::string(command.name) + " --help"};
}

Expected<Arguments> Arguments::parse(const Command &command,
                                     std::span<const std::string_view> words) {
  Arguments parsed;
  bool onlyPositionals = false;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (onlyPositionals || !word.starts_with('-') || word == "-") {
      parsed.positionals.emplace_back(word);
      continue;
    }
    if (word == "--") {
      onlyPositionals = true;
      continue;
    }
    size_t equals = word.find('=');
    std::string name(word.substr(0, equals));
    auto option = std::ranges::find(command.options, name, &Option::name);
    if (option == command.options.end())
      return tl::unexpected(
          usageError(command, "unknown option '" + name + "'"));
    bool inlineValue = equals != std::string_view::npos;
    std::string value;
    if (option->value.empty() && inlineValue)
      return tl::unexpected(
          usageError(command, "'" + name + "' takes no value"));
    if (inlineValue)
      value = word.substr(equals + 1);
    else if (!option->value.empty()) {
      if (++i == words.size())
        return tl::unexpected(usageError(
            command, "'" + name + "' needs a " + std::string(option->value)));
      value = words[i];
    }
    std::vector<std::string> &all = parsed.values[name];
    if (!all.empty() && !option->repeatable)
      return tl::unexpected(
          usageError(command, "'" + name + "' is given twice"));
    all.push_back(std::move(value));
  }
  std::vector<std::string_view> expected = splitWords(command.positionals);
  size_t given = parsed.positionals.size();
  if (given < expected.size())
    return tl::unexpected(
        usageError(command, std::string(expected[given]) + " is missing"));
  if (given > expected.size())
    return tl::unexpected(
        usageError(command, "unexpected argument '" +
                                parsed.positionals[expected.size()] + "'"));
  return parsed;
}

std::string Arguments::value(std::string_view option,
                             std::string_view fallback) const {
  auto found = values.find(option);
  return found == values.end() ? std::string(fallback) : found->second.front();
}

std::vector<std::string> Arguments::all(std::string_view option) const {
  auto found = values.find(option);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

/// A decimal number and nothing else.
static std::optional<uint64_t> parseNumber(std::string_view text) {
  uint64_t number = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    return {};
  return number;
}

Expected<std::optional<uint64_t>>
Arguments::bytes(std::string_view option) const {
  if (!has(option))
    return std::optional<uint64_t>();
  std::string text = value(option, "");
  std::string_view digits = text;
  unsigned shift = 0;
  if (size_t unit =
          std::string_view("KMG").find(text.empty() ? 0 : text.back());
      unit != std::string_view::npos) {
    shift = 10 * (unsigned(unit) + 1);
    digits.remove_suffix(1);
  }
  std::optional<uint64_t> number = parseNumber(digits);
  if (!number || *number > UINT64_MAX >> shift)
    return makeError("'" + std::string(option) + " " + text +
                     "' is not a number of bytes like 65536, 512M or 2G");
  return *number << shift;
}

Expected<std::optional<uint64_t>> Arguments::number(std::string_view option,
                                                    uint64_t limit) const {
  if (!has(option))
    return std::optional<uint64_t>();
  std::string text = value(option, "");
  std::optional<uint64_t> number = parseNumber(text);
  if (!number || *number > limit)
    return makeError("'" + std::string(option) + " " + text +
                     "' is not a number from 0 to " + std::to_string(limit));
  return number;
}

bool opml::runtime::asksForHelp(std::span<const std::string_view> words) {
  for (std::string_view word : words) {
    if (word == "--")
      return false;
    if (word == "--help" || word == "-h")
      return true;
  }
  return false;
}

std::string opml::runtime::helpText(const Command &command) {
  constexpr size_t column = 24;
  std::string text = "usage: " + std::string(command.name);
  if (!command.positionals.empty())
    text += " " + std::string(command.positionals);
  text += " [options]\n\n" + std::string(command.summary) + "\n\noptions:\n";
  auto add = [&text](std::string left, std::string_view help) {
    if (left.size() + 2 > column)
      left += "\n" + std::string(column, ' ');
    else
      left.resize(column, ' ');
    text += left;
    for (char c : help) {
      text += c;
      if (c == '\n')
        text += std::string(column, ' ');
    }
    text += '\n';
  };
  for (const Option &option : command.options) {
    std::string left = "  " + std::string(option.name);
    if (!option.value.empty())
      left += " " + std::string(option.value);
    add(left, option.help);
  }
  add("  --help", "print this text");
  return text;
}

std::string opml::runtime::printable(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    uint8_t byte = uint8_t(text[i]);
    uint8_t next = i + 1 < text.size() ? uint8_t(text[i + 1]) : 0;
    // U+0080 to U+009F, in UTF-8.
    bool c1 = byte == 0xc2 && next >= 0x80 && next <= 0x9f;
    i += c1;
    result += c1 || byte < ' ' || byte == 0x7f ? '?' : char(byte);
  }
  return result;
}

void opml::runtime::keepClosedStreamsClosed() {
  int lowest;
  do
    lowest = ::open("/dev/null", O_PATH); // neither read nor written
  while (0 <= lowest && lowest <= STDERR_FILENO);
  if (lowest >= 0)
    ::close(lowest);
}

void opml::runtime::reportExhaustedMemory() {
  std::set_new_handler([] {
    // Nothing here may allocate.
    constexpr std::string_view message = "error: out of memory\n";
    [[maybe_unused]] ssize_t written =
        ::write(STDERR_FILENO, message.data(), message.size());
    _exit(1);
  });
}

int opml::runtime::reportError(const Error &error) {
  std::fflush(stdout);
  std::fprintf(stderr, "error: %s\n", printable(error.message).c_str());
  return 1;
}

int opml::runtime::finishOutput() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout))
    return reportError(
        {std::string("cannot write standard output: ") + std::strerror(errno)});
  return 0;
}
