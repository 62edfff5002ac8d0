//===- Commands.h - The subcommands of opml-vm ------------------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_COMMANDS_H
#define OPML_VM_TOOLS_COMMANDS_H

#include "opml/runtime/CommandLine.h"
#include "opml/runtime/Run.h"

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

/// The option that root and prove share.
inline constexpr runtime::Option inputOption = {
    "--input", "[NAME=]FILE",
    "an input, .npy or TensorProto .pb; without NAME= the next\n"
    "input in order",
    true};

/// Opens the image (the first positional argument) and reads the inputs.
Expected<runtime::Run> openRun(const runtime::Arguments &arguments);

/// Runs the nodes before `node`. Fails if there is no such node.
Expected<void> advanceTo(runtime::Run &run, uint64_t node);

/// Runs all nodes.
Expected<void> runToEnd(runtime::Run &run);

/// The machine of node --node in the state after --step steps; both options
/// must be given. A trace has 2^stepBits steps, of which those behind the halt
/// are the identity: `lastStep` says whether the state behind all of them is
/// allowed.
Expected<Machine> machineAt(runtime::Run &run,
                            const runtime::Arguments &arguments, bool lastStep);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_COMMANDS_H
