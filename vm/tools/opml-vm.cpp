//===- opml-vm.cpp - Look into images, prove steps, run programs ----------===//

#include "Commands.h"
#include <cstdio>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

static const Subcommand *const subcommands[] = {
    &infoCommand, &rootCommand, &proveCommand, &serveCommand, &execCommand};

static std::string usage() {
  std::string text = "usage: opml-vm COMMAND [options]\n\ncommands:\n";
  for (const Subcommand *subcommand : subcommands) {
    const Command &command = subcommand->command;
    std::string left = "  " + std::string(command.name.substr(8)) + " " +
                       std::string(command.positionals);
    left.resize(22, ' ');
    text += left +
            std::string(command.summary.substr(
                0, command.summary.find_first_of(".\n"))) +
            "\n";
  }
  return text + "\nopml-vm COMMAND --help says more.\n";
}

static int runSubcommand(const Subcommand &subcommand,
                         std::span<const std::string_view> words) {
  if (asksForHelp(words)) {
    std::fputs(helpText(subcommand.command).c_str(), stdout);
    return finishOutput();
  }
  Expected<Arguments> arguments = Arguments::parse(subcommand.command, words);
  if (!arguments)
    return reportError(arguments.error());
  Expected<int> status = subcommand.run(*arguments);
  if (!status)
    return reportError(status.error());
  int flushed = finishOutput();
  return flushed ? flushed : *status;
}

int main(int argc, char **argv) {
  keepClosedStreamsClosed();
  reportExhaustedMemory();
  std::vector<std::string_view> words(argv + 1, argv + argc);
  if (words.empty())
    return reportError({"no command is given; see opml-vm --help"});
  if (words[0] == "--help" || words[0] == "-h") {
    std::fputs(usage().c_str(), stdout);
    return finishOutput();
  }
  for (const Subcommand *subcommand : subcommands)
    if (subcommand->command.name.substr(8) == words[0])
      return runSubcommand(*subcommand, std::span(words).subspan(1));
  return reportError(
      {"unknown command '" + std::string(words[0]) + "'; see opml-vm --help"});
}
