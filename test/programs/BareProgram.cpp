//===- BareProgram.cpp - A C program, run everywhere ----------------------===//

#include "BareProgram.h"
#include "Qemu.h"
#include "opml/vm/Translator.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

using namespace opml;
using namespace opml::vm;
using namespace opml::test;
namespace fs = std::filesystem;

static constexpr size_t firstCodeAddress = 0x10000; // in bare.ld

std::string opml::test::missingTools(const std::vector<std::string> &tools) {
  std::string missing;
  for (const std::string &tool : tools)
    if (run({"sh", "-c", "command -v " + tool + " >/dev/null"}) != 0)
      missing += (missing.empty() ? "" : " ") + tool;
  return missing;
}

TempDirectory::TempDirectory() {
  std::string name = (fs::temp_directory_path() / "opml-XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr) << name;
  directory = name;
}

TempDirectory::~TempDirectory() {
  if (!testing::Test::HasFailure())
    fs::remove_all(directory);
}

bool opml::test::compile(const fs::path &source,
                         const std::vector<std::string> &options,
                         const fs::path &program) {
  std::vector<std::string> command = {"clang-22", "--config",
                                      OPML_GUEST_DIR "/bare.cfg"};
  command.insert(command.end(), options.begin(), options.end());
  command.insert(command.end(), {source.string(), "-o", program.string()});
  return run(command) == 0;
}

static Expected<std::shared_ptr<const Program>>
readProgram(const fs::path &file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
  Expected<Program> program = Program::fromElf(bytes);
  if (!program)
    return makeError(file.string() + ": " + program.error().message);
  return std::make_shared<const Program>(std::move(*program));
}

size_t opml::test::codeBytes(const fs::path &file) {
  auto program = readProgram(file);
  return program ? (*program)->codeBytes().size() - firstCodeAddress : 0;
}

/// A bare program exits at its one system call.
static Expected<uint32_t> exitAddress(const Program &program) {
  std::optional<uint32_t> found;
  std::span<const uint8_t> code = program.codeBytes();
  for (uint32_t address = 0; address < code.size(); address += 4) {
    uint32_t word;
    std::memcpy(&word, &code[address], sizeof word);
    if (word != 0x0000000c)
      continue;
    if (found)
      return makeError("more than one system call");
    found = address;
  }
  if (!found)
    return makeError("no system call");
  return *found;
}

Expected<std::optional<Ending>> opml::test::runQemu(const fs::path &file,
                                                    const Program &program,
                                                    unsigned cpuSeconds) {
  Expected<uint32_t> exit = exitAddress(program);
  if (!exit)
    return tl::unexpected(exit.error());
  auto qemu = Qemu::start(file.string(), file.string() + ".gdb", cpuSeconds);
  if (!qemu)
    return tl::unexpected(qemu.error());
  Expected<Qemu::Stop> stop = (*qemu)->runTo(*exit);
  if (!stop)
    return tl::unexpected(stop.error());
  if (*stop == Qemu::Stop::Gone)
    return std::nullopt;
  Ending ending;
  ending.trapped = *stop == Qemu::Stop::Signal;
  Expected<Registers> registers = (*qemu)->registers();
  if (!registers)
    return tl::unexpected(registers.error());
  ending.registers = *registers;
  for (const Program::DataSegment &segment : program.data()) {
    std::vector<uint8_t> &bytes = ending.memory.emplace_back();
    bytes.resize(segment.memorySize);
    if (auto ok = (*qemu)->readMemory(segment.address, bytes); !ok)
      return tl::unexpected(ok.error());
  }
  if (!ending.trapped)
    ending.exitStatus = (*qemu)->exitStatus();
  return ending;
}

Expected<Ending>
opml::test::runEngine(std::string_view engine,
                      const std::shared_ptr<const Program> &program,
                      uint64_t maxSteps) {
  constexpr unsigned memoryDepth = 26; // 2 GiB, as in opml-vm exec
  Expected<Machine> machine = Machine::start(program, memoryDepth);
  if (!machine)
    return tl::unexpected(machine.error());
  if (engine == "jit") {
    Expected<std::unique_ptr<Translator>> translator =
        Translator::create(program->code());
    if (!translator)
      return tl::unexpected(translator.error());
    machine->run(maxSteps, **translator);
  } else {
    machine->run(maxSteps);
  }
  if (machine->running())
    return makeError("still running after " + std::to_string(maxSteps) +
                     " steps");

  Ending ending;
  ending.trapped = machine->registers().status == Status::Trapped;
  ending.registers = machine->registers();
  for (const Program::DataSegment &segment : program->data()) {
    auto bytes = machine->dataMemory().bytes().subspan(segment.address,
                                                       segment.memorySize);
    ending.memory.emplace_back(bytes.begin(), bytes.end());
  }
  if (!ending.trapped)
    ending.exitStatus = int(ending.registers.gpr[4] & 0xff);
  return ending;
}

static void expectEqual(const Ending &ours, const Ending &theirs,
                        const Program &program) {
  EXPECT_EQ(ours.trapped, theirs.trapped);
  EXPECT_EQ(ours.exitStatus, theirs.exitStatus);
  EXPECT_EQ(ours.registers.pc, theirs.registers.pc);
  EXPECT_EQ(ours.registers.hi, theirs.registers.hi);
  EXPECT_EQ(ours.registers.lo, theirs.registers.lo);
  for (unsigned r = 0; r < 32; ++r)
    EXPECT_EQ(ours.registers.gpr[r], theirs.registers.gpr[r])
        << "register " << r;
  for (size_t i = 0; i < program.data().size(); ++i) {
    auto [left, right] = std::mismatch(
        ours.memory[i].begin(), ours.memory[i].end(), theirs.memory[i].begin());
    if (left != ours.memory[i].end())
      ADD_FAILURE() << "memory differs at address "
                    << program.data()[i].address +
                           (left - ours.memory[i].begin())
                    << ": " << int(*left) << ", in qemu " << int(*right);
  }
}

std::optional<Ending> opml::test::expectSameEnding(const fs::path &file,
                                                   unsigned cpuSeconds) {
  Expected<std::shared_ptr<const Program>> read = readProgram(file);
  if (!read) {
    ADD_FAILURE() << read.error().message;
    return Ending();
  }
  const std::shared_ptr<const Program> &program = *read;
  auto theirs = runQemu(file, *program, cpuSeconds);
  if (!theirs) {
    ADD_FAILURE() << file << ": " << theirs.error().message;
    return Ending();
  }
  if (!*theirs)
    return std::nullopt;
  // More than qemu takes in a second.
  uint64_t maxSteps = uint64_t(cpuSeconds) * 10'000'000'000;
  for (const char *engine : {"interp", "jit"}) {
    SCOPED_TRACE(file.string() + " --engine=" + engine);
    Expected<Ending> ours = runEngine(engine, program, maxSteps);
    if (ours)
      expectEqual(*ours, **theirs, *program);
    else
      ADD_FAILURE() << ours.error().message;
  }
  return *theirs;
}
