//===- Commands.h - The subcommands of opml-vm ------------------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_COMMANDS_H
#define OPML_VM_TOOLS_COMMANDS_H

#include "opml/runtime/CommandLine.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/Progress.h"
#include "opml/runtime/Prover.h"

namespace opml::vm {

/// One subcommand: its command line and what it does. `run` returns the
/// tool's exit status.
struct Subcommand {
  runtime::Command command;
  Expected<int> (*run)(const runtime::Arguments &arguments);
};

extern const Subcommand infoCommand;
extern const Subcommand rootCommand;
extern const Subcommand proveCommand;
extern const Subcommand serveCommand;
extern const Subcommand execCommand;

/// The options that root, prove and serve share, for openProver().
inline constexpr runtime::Option inputOption = {
    "--input", "[NAME=]FILE",
    "an input, .npy or TensorProto .pb; without NAME= the next\n"
    "input in order",
    true};
inline constexpr runtime::Option snapshotMemoryOption = {
    "--snapshot-memory", "BYTES",
    "what snapshots of machines may take, like 512M or 2G\n"
    "(default 1G); with less, more steps are executed again"};

/// Opens the image (the first positional argument) and reads the inputs.
Expected<runtime::Prover> openProver(const runtime::Arguments &arguments);

/// Draws a progress bar for a question.
runtime::ProverWatch watchOnTerminal(runtime::Progress &progress);

/// --node and --step, both of which must be given.
struct StepOfNode {
  uint64_t node = 0, step = 0;
};
Expected<StepOfNode> stepOfNode(const runtime::Arguments &arguments);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_COMMANDS_H
