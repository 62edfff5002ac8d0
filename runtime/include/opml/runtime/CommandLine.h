//===- CommandLine.h - Options of the tools that link no LLVM ---*- C++ -*-===//
//
// "--name=VALUE", "--name VALUE" and flags; everything else is positional, as
// is everything after "--".
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_COMMANDLINE_H
#define OPML_RUNTIME_COMMANDLINE_H

#include "opml/vm/Error.h"
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace opml::runtime {

struct Option {
  std::string_view name;  // "--input" or "-o"
  std::string_view value; // "FILE"; empty for a flag
  std::string_view help;  // lines after the first are indented by the printer
  bool repeatable = false;
};

/// A tool or a subcommand of one.
struct Command {
  std::string_view name;        // "opml-vm exec"
  std::string_view positionals; // "PROGRAM.elf"; one word each, all required
  std::string_view summary;
  std::span<const Option> options;
};

class Arguments {
public:
  /// Fails on an unknown or repeated option, a missing value, or another
  /// number of positional arguments than the command has.
  static Expected<Arguments> parse(const Command &command,
                                   std::span<const std::string_view> words);

  const std::string &positional(size_t index) const {
    return positionals[index];
  }
  bool has(std::string_view option) const { return values.contains(option); }
  /// The value of an option, or `fallback` if it was not given.
  std::string value(std::string_view option, std::string_view fallback) const;
  /// All values of a repeatable option, in the order given.
  std::vector<std::string> all(std::string_view option) const;
  /// A decimal number of at most `limit`; nothing if the option was not given.
  Expected<std::optional<uint64_t>> number(std::string_view option,
                                           uint64_t limit) const;
  /// A number of bytes: decimal, with K, M or G for powers of 1024.
  Expected<std::optional<uint64_t>> bytes(std::string_view option) const;

private:
  std::vector<std::string> positionals;
  std::map<std::string, std::vector<std::string>, std::less<>> values;
};

/// True if --help or -h stands among the words, before any "--".
bool asksForHelp(std::span<const std::string_view> words);
std::string helpText(const Command &command);

/// Names from a stranger's image may hold anything: control characters, which
/// could steer the terminal, become '?'. Everything printed goes through it.
std::string printable(std::string_view text);

/// A standard stream that was closed at the start stays unusable: otherwise its
/// number is that of the first file opened, which is then read as requests or
/// written to. To be called first.
void keepClosedStreamsClosed();

/// From now on, memory that runs out is an error message and exit status 1, not
/// an abort: an image or input of a few bytes may ask for more than there is.
void reportExhaustedMemory();

/// Prints "error: <message>" on one line of stderr; returns the exit status 1.
int reportError(const Error &error);
/// Flushes stdout; a failure, as on a full disk, is an error like any other.
int finishOutput();

} // namespace opml::runtime

#endif // OPML_RUNTIME_COMMANDLINE_H
