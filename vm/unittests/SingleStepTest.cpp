//===- SingleStepTest.cpp - The interpreter against recorded steps --------===//
//
// SingleStepTests/r3000: 1,000 recorded single steps for each MIPS I operation.
// An R3000 has a load delay slot, which release 2 has not, and takes exceptions
// where our machine traps; both are translated here. "SHL" is the set's file of
// SH. Left out, for the reason given where it happens: ADD, ADDI and SUB files
// (recorded with the overflow trap suppressed), division by zero
// (UNPREDICTABLE, defined otherwise by us), and lwl/lwr that merge into a load
// still in flight.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Interpreter.h"
#include "opml/vm/Memory.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace opml::vm;
namespace fs = std::filesystem;

namespace {

struct Access {
  bool write;
  uint32_t address, bytes;
  uint64_t value;
};

struct State {
  uint32_t gpr[32], hi, lo, pc;
  bool inDelaySlot, branchTaken;
  uint32_t branchTarget;
  int32_t pendingRegister; // of the load in flight, -1 if none
  uint32_t pendingValue;
};

struct Record {
  uint32_t word;
  State before, after;
  std::vector<Access> accesses; // without the fetch
};

/// The layout is documented by the data set's own transcode_json.py.
class Reader {
public:
  explicit Reader(std::vector<char> bytes) : bytes(std::move(bytes)) {}

  template <typename T> T get() {
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    offset += sizeof(T);
    return value;
  }

  Record record() {
    constexpr size_t nameBytes = 51;
    offset += nameBytes;
    Record result;
    result.word = get<uint32_t>();
    get<uint32_t>(); // its address again
    result.before = state();
    result.after = state();
    for (uint32_t i = 0, count = get<uint32_t>(); i < count; ++i) {
      auto value = get<int64_t>();
      auto action = get<uint32_t>();
      auto address = get<int64_t>();
      auto size = get<uint32_t>();
      constexpr uint32_t write = 2, fetch = 4;
      if (action != fetch)
        result.accesses.push_back(
            {action == write, uint32_t(address), size, uint64_t(value)});
    }
    return result;
  }

private:
  State state() {
    State result{};
    for (uint32_t &gpr : result.gpr)
      gpr = get<uint32_t>();
    result.hi = get<uint32_t>();
    result.lo = get<uint32_t>();
    offset += 12; // EPC, TAR, CAUSE
    result.pc = get<uint32_t>();
    result.branchTarget = get<uint32_t>();
    result.inDelaySlot = get<uint32_t>() != 0;
    result.branchTaken = get<uint32_t>() != 0;
    result.pendingRegister = get<int32_t>();
    result.pendingValue = get<uint32_t>();
    return result;
  }

  std::vector<char> bytes;
  size_t offset = 0;
};

/// Clears the fields that the R3000 ignores and release 2 reserves.
uint32_t canonicalWord(const std::string &operation, uint32_t word) {
  auto is = [&](std::initializer_list<const char *> names) {
    return std::find(names.begin(), names.end(), operation) != names.end();
  };
  constexpr uint32_t rs = 31u << 21, rt = 31u << 16, rd = 31u << 11,
                     sa = 31u << 6;
  if (is({"ADDU", "SUBU", "AND", "OR", "XOR", "NOR", "SLT", "SLTU", "SLLV",
          "SRLV", "SRAV"}))
    return word & ~sa;
  if (is({"SLL", "SRL", "SRA", "LUI"}))
    return word & ~rs;
  if (is({"MULT", "MULTU", "DIV", "DIVU"}))
    return word & ~(rd | sa);
  if (is({"MFHI", "MFLO"}))
    return word & ~(rs | rt | sa);
  if (is({"MTHI", "MTLO", "JR"}))
    return word & ~(rt | rd | sa);
  if (is({"JALR"}))
    return word & ~(rt | sa);
  if (is({"BLEZ", "BGTZ"}))
    return word & ~rt;
  if (is({"BCondZ"})) { // bltz, bgez, bltzal, bgezal by bits 16 and 20..17
    bool link = (word >> 17 & 0xf) == 8;
    return (word & ~rt) | (word & 1u << 16) | (link ? 1u << 20 : 0);
  }
  return word;
}

bool isBranch(const std::string &operation) {
  return operation[0] == 'J' || (operation[0] == 'B' && operation != "BREAK");
}

class SingleStep : public testing::TestWithParam<std::string> {
protected:
  static void SetUpTestSuite() {
    const char *dir = std::getenv("OPML_TESTDATA");
    fs::path archive = fs::path(dir ? dir : OPML_DEFAULT_TESTDATA) /
                       "mips/singlesteptests-r3000.tar.xz";
    if (!fs::exists(archive))
      return;
    unpacked = fs::temp_directory_path() /
               ("opml-single-step-" + std::to_string(getpid()));
    fs::create_directory(unpacked);
    std::string command =
        "tar -xJf '" + archive.string() + "' -C '" + unpacked.string() + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  static void TearDownTestSuite() {
    if (!unpacked.empty())
      fs::remove_all(unpacked);
  }

  void check(const std::string &operation, const Record &record);
  void writeMemory(uint32_t address, uint64_t value, unsigned bytes) {
    uint8_t little[sizeof value];
    std::memcpy(little, &value, sizeof value);
    ASSERT_TRUE(memory.write(address, {little, bytes}));
  }

  static fs::path unpacked;
  // Sparse: only the pages that a step touches exist.
  Memory memory = std::move(*Memory::create(Memory::maxDepth));
  std::vector<Instruction> instructions = std::vector<Instruction>(1024);
  unsigned compared = 0;
};
fs::path SingleStep::unpacked;

/// Moves a recorded code address next to the one that we run at.
struct Relocation {
  uint32_t recorded, ours;
  uint32_t operator()(uint32_t address) const {
    return address - recorded + ours;
  }
};

void SingleStep::check(const std::string &operation, const Record &record) {
  const State &before = record.before, &after = record.after;
  uint32_t word = canonicalWord(operation, record.word);
  Instruction instruction = decode(word);
  ASSERT_NE(instruction.opcode, 0) << std::hex << word;

  bool divides = operation == "DIV" || operation == "DIVU";
  if (divides && before.gpr[instruction.rt] == 0)
    return; // UNPREDICTABLE in the manual
  bool merges = operation == "LWL" || operation == "LWR";
  if (merges && before.pendingRegister == instruction.rt)
    return; // no release 2 equivalent: reads a register not yet loaded

  // Only low code addresses are backed; the region bits of j and jal are
  // compared separately below.
  Relocation here{before.pc, before.pc & 0xffc};
  Registers registers;
  std::copy(std::begin(before.gpr), std::end(before.gpr), registers.gpr);
  registers.hi = before.hi;
  registers.lo = before.lo;
  registers.pc = here.ours;
  bool redirected = before.inDelaySlot && before.branchTaken;
  registers.nextPc = redirected ? here(before.branchTarget) : here.ours + 4;
  for (const Access &access : record.accesses)
    if (!access.write)
      writeMemory(access.address, access.value, access.bytes);
  instructions[here.ours / 4] = instruction;
  Registers initial = registers;
  uint64_t steps =
      interpret(registers, {instructions, Memory::maxDepth}, memory, 1);
  instructions[here.ours / 4] = Instruction();
  ++compared;
  ASSERT_EQ(steps, 1u);

  // A misaligned access, a syscall and a break reach the R3000's handler; a
  // branch in a delay slot is UNPREDICTABLE there and a trap here.
  constexpr uint32_t exceptionVector = 0x80000080;
  bool branchInSlot = isBranch(operation) &&
                      registers.nextPc != registers.pc + 4 &&
                      registers.status == Status::Trapped;
  if (branchInSlot) {
    EXPECT_TRUE(redirected);
    return;
  }
  if (after.pc == exceptionVector && !redirected) {
    EXPECT_EQ(registers.status, Status::Trapped);
    registers.status = Status::Running;
    registers.cause = 0;
    EXPECT_EQ(registers, initial) << "a trap changes only status and cause";
    return;
  }
  if (after.pc == exceptionVector && registers.status == Status::Trapped)
    return;
  ASSERT_EQ(registers.status, Status::Running);

  for (int i = 1; i < 32; ++i) {
    uint32_t expected = after.gpr[i];
    bool linked = isBranch(operation) && expected != before.gpr[i] &&
                  expected == before.pc + 8;
    if (linked)
      expected = here(expected);
    // The load in flight before lands in ours never, the one started now at
    // once.
    if (i == before.pendingRegister && expected == before.pendingValue &&
        registers.gpr[i] == before.gpr[i])
      expected = before.gpr[i];
    if (i == after.pendingRegister)
      expected = after.pendingValue;
    ASSERT_EQ(registers.gpr[i], expected) << "$" << i;
  }
  EXPECT_EQ(registers.gpr[0], 0u);
  EXPECT_EQ(registers.hi, after.hi);
  EXPECT_EQ(registers.lo, after.lo);
  EXPECT_EQ(registers.pc, initial.nextPc);

  if (after.inDelaySlot && after.branchTaken) {
    bool absolute = operation[0] == 'J' && operation.back() == 'R';
    bool region = operation == "J" || operation == "JAL";
    uint32_t target = after.branchTarget;
    EXPECT_EQ(registers.nextPc, absolute ? target
                                : region ? target & 0x0fffffff
                                         : here(target));
    if (region)
      EXPECT_EQ(target >> 28, (before.pc + 4) >> 28);
  } else {
    EXPECT_EQ(registers.nextPc, registers.pc + 4);
  }
  for (const Access &access : record.accesses) {
    uint64_t value = 0;
    std::memcpy(&value, memory.bytes().data() + access.address, access.bytes);
    uint64_t mask = (uint64_t(1) << 8 * access.bytes) - 1;
    EXPECT_EQ(value, access.value & mask) << std::hex << access.address;
    writeMemory(access.address, 0, access.bytes);
  }
}

TEST_P(SingleStep, agrees) {
  if (unpacked.empty())
    GTEST_SKIP() << "third-party data absent";
  std::ifstream file(unpacked / "sst-r3000/v1" / (GetParam() + ".json.bin"),
                     std::ios::binary);
  ASSERT_TRUE(file);
  Reader reader({std::istreambuf_iterator<char>(file), {}});
  auto count = reader.get<int32_t>();
  ASSERT_EQ(count, 1000);
  for (int i = 0; i < count; ++i) {
    SCOPED_TRACE(GetParam() + " record " + std::to_string(i));
    check(GetParam(), reader.record());
    if (HasFatalFailure())
      return;
  }
  EXPECT_GE(compared, 900u);
}

INSTANTIATE_TEST_SUITE_P(
    R3000, SingleStep,
    testing::Values("ADDIU", "ADDU", "AND", "ANDI", "BCondZ", "BEQ", "BGTZ",
                    "BLEZ", "BNE", "BREAK", "DIV", "DIVU", "J", "JAL", "JALR",
                    "JR", "LB", "LBU", "LH", "LHU", "LUI", "LW", "LWL", "LWR",
                    "MFHI", "MFLO", "MTHI", "MTLO", "MULT", "MULTU", "NOR",
                    "OR", "ORI", "SB", "SHL", "SLL", "SLLV", "SLT", "SLTI",
                    "SLTIU", "SLTU", "SRA", "SRAV", "SRL", "SRLV", "SUBU", "SW",
                    "SWL", "SWR", "SYSCALL", "XOR", "XORI"),
    [](const auto &info) { return info.param; });

} // namespace
