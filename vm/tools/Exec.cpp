//===- Exec.cpp - opml-vm exec --------------------------------------------===//
//
// The address space of a bare program is Linux's for a MIPS process, so that
// the same file runs under qemu-mipsel: 2 GiB, with the stack at their end.
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "opml/runtime/Engines.h"
#include "opml/runtime/File.h"
#include <algorithm>
#include <cstdio>

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;

static constexpr unsigned memoryDepth = 26; // 2 GiB
// O32 keeps 16 bytes above $sp for the callee's arguments; here they are zero,
// as are argc and argv.
static constexpr uint32_t stackPointer = 0x7fffff00;

static constexpr Option options[] = {
    engineOption,
    {"--max-steps", "N", "give up after N steps (default: no limit)"}};

static Expected<Machine> load(const std::string &path) {
  Expected<MappedFile> file = MappedFile::open(path);
  if (!file)
    return tl::unexpected(file.error());
  Expected<Program> program = Program::fromElf(file->bytes());
  if (!program)
    return makeError("'" + path + "': " + program.error().message);
  Expected<Machine> machine = Machine::start(
      std::make_shared<const Program>(std::move(*program)), memoryDepth);
  if (!machine)
    return makeError("'" + path + "': " + machine.error().message);
  machine->registers().gpr[29] = stackPointer;
  return machine;
}

static Expected<int> exec(const Arguments &arguments) {
  Expected<EngineKind> kind = engineKind(arguments);
  if (!kind)
    return tl::unexpected(kind.error());
  Expected<std::optional<uint64_t>> maxSteps =
      arguments.number("--max-steps", UINT64_MAX);
  if (!maxSteps)
    return tl::unexpected(maxSteps.error());
  Expected<Machine> machine = load(arguments.positional(0));
  if (!machine)
    return tl::unexpected(machine.error());
  Expected<std::unique_ptr<Engine>> engine =
      createEngine(*kind, machine->code().code());
  if (!engine)
    return tl::unexpected(engine.error());
  uint64_t steps = machine->run(maxSteps->value_or(UINT64_MAX), **engine);
  if (machine->running())
    return makeError("still running after " + std::to_string(steps) + " steps");
  if (machine->registers().status == Status::Trapped)
    return makeError("trapped after " + std::to_string(steps) +
                     " steps: " + machine->describeTrap());
  return int(machine->registers().gpr[4] & 0xff);
}

const Subcommand vm::execCommand = {
    {"opml-vm exec", "PROGRAM.elf",
     "Runs a bare MIPS program: static, little-endian, soft float. How to\n"
     "make one of a C file stands in docs/bare-programs.md.\n\n"
     "It starts with 2 GiB of data memory, $sp = 0x7fffff00 and all other\n"
     "registers zero. The exit status is the program's own; a trap, or the\n"
     "end of --max-steps, is an error.",
     options},
    exec};
