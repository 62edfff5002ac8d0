//===- MachineTest.cpp - State hashes and step witnesses ------------------===//

#include "opml/vm/Machine.h"
#include "GuestProgram.h"
#include "gtest/gtest.h"

using namespace opml;
using namespace opml::vm;
using namespace opml::vm::test;

namespace {

constexpr unsigned memDepth = 3;

std::shared_ptr<const Program> programOf(const Words &words) {
  Expected<Program> program = Program::fromElf(elfFile({codeSegment(words)}));
  EXPECT_TRUE(program) << program.error().message;
  return std::make_shared<const Program>(std::move(*program));
}

Machine machineOf(const Words &words) {
  return Machine(programOf(words), std::move(*Memory::create(memDepth)));
}

/// Loads, stores, a taken branch with a store in its delay slot, an exit.
const Words sampleWords = {addiu(t0, zero, 0x1234),
                           sw(t0, 64, zero),
                           lw(t1, 64, zero),
                           beq(t0, t1, 2),
                           sb(t1, 131, zero),
                           nop,
                           loadExit,
                           systemCall};

TEST(Start, LoadsTheDataAndStandsAtTheEntry) {
  Expected<Program> program = Program::fromElf(
      elfFile({codeSegment({nop, systemCall}), dataSegment({1, 2}, 60, 4)}, 4));
  ASSERT_TRUE(program) << program.error().message;
  auto shared = std::make_shared<const Program>(std::move(*program));
  Expected<Machine> machine = Machine::start(shared, 1);
  ASSERT_TRUE(machine) << machine.error().message;
  EXPECT_EQ(machine->registers().pc, 4u);
  EXPECT_EQ(machine->registers().nextPc, 8u);
  EXPECT_EQ(machine->dataMemory().bytes()[60], 1);
  EXPECT_EQ(machine->dataMemory().bytes()[61], 2);
  // Also where only zeros, which the file does not hold, lie outside.
  Expected<Machine> small = Machine::start(shared, 0);
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().message,
            "data segment at address 60 ends at 64, beyond a data memory of "
            "32 bytes");
}

TEST(PackState, FollowsTheDocumentedLayout) {
  Registers registers;
  registers.pc = 0x01020304;
  registers.nextPc = 0x05060708;
  registers.hi = 0x11111111;
  registers.lo = 0x22222222;
  for (uint32_t i = 1; i < 32; ++i)
    registers.gpr[i] = i;
  registers.status = Status::Trapped;
  registers.cause = 9;
  Hash codeRoot, memRoot;
  codeRoot.fill(0xcc);
  memRoot.fill(0xdd);
  auto packed = packState(registers, codeRoot, 11, 15, memRoot);

  std::vector<uint8_t> expected = {1, 2, 3, 4, 5, 6, 7, 8};
  expected.insert(expected.end(), 4, 0x11);
  expected.insert(expected.end(), 4, 0x22);
  for (uint8_t i = 1; i < 32; ++i)
    expected.insert(expected.end(), {0, 0, 0, i});
  expected.insert(expected.end(), {2, 9});
  expected.insert(expected.end(), 32, 0xcc);
  expected.insert(expected.end(), {11, 15});
  expected.insert(expected.end(), 32, 0xdd);
  EXPECT_EQ(std::vector<uint8_t>(packed.begin(), packed.end()), expected);
}

TEST(Memory, RefusesMoreThanTheAddressSpace) {
  EXPECT_TRUE(Memory::create(27));
  EXPECT_FALSE(Memory::create(28));
}

TEST(Memory, RefusesWritesOutside) {
  Expected<Memory> memory = Memory::create(0);
  ASSERT_TRUE(memory);
  std::vector<uint8_t> bytes(32, 1);
  EXPECT_TRUE(memory->write(0, bytes));
  EXPECT_FALSE(memory->write(1, bytes));
  EXPECT_FALSE(memory->write(33, {}));
  EXPECT_FALSE(memory->write(UINT64_MAX, bytes));
}

/// Reads the parts of a witness's calldata as the contract does.
class Calldata {
public:
  explicit Calldata(const Witness &witness) : rest(witness.calldata) {}

  Hash hash() {
    Hash result;
    std::copy_n(rest.begin(), 32, result.begin());
    rest = rest.subspan(32);
    return result;
  }
  /// Folds the leaf and the siblings that come next.
  Hash provenRoot(uint64_t index, unsigned depth) {
    Hash leaf = hash();
    std::vector<Hash> siblings(depth);
    for (Hash &sibling : siblings)
      sibling = hash();
    return foldProof(leaf, index, siblings);
  }
  std::span<const uint8_t> rest;
};

TEST(Witness, ChainsFromStateToStateUntilTheHalt) {
  Machine machine = machineOf(sampleWords);
  unsigned steps = 0;
  while (machine.running()) {
    Hash before = machine.stateHash();
    Witness witness = machine.witnessStep();
    EXPECT_EQ(witness.preState, before);
    EXPECT_EQ(witness.postState, machine.stateHash());
    ++steps;
  }
  EXPECT_EQ(steps, 7u); // the nop is jumped over
  EXPECT_EQ(machine.registers().status, Status::Halted);
  EXPECT_EQ(machine.dataMemory().bytes()[64], 0x34);
  EXPECT_EQ(machine.dataMemory().bytes()[65], 0x12);
  EXPECT_EQ(machine.dataMemory().bytes()[131], 0x34);
}

TEST(Witness, CalldataProvesCodeAndMemory) {
  Machine machine = machineOf(sampleWords);
  unsigned codeDepth = machine.code().codeDepth();
  const std::vector<std::optional<uint32_t>> touched = {{},  64, 64, {},
                                                        131, {}, {}};
  for (std::optional<uint32_t> address : touched) {
    uint32_t pc = machine.registers().pc;
    Hash memRoot = machine.memoryTree().root();
    Witness witness = machine.witnessStep();
    Calldata calldata(witness);
    EXPECT_EQ(keccak256(calldata.rest.first(packedStateBytes)),
              witness.preState);
    calldata.rest = calldata.rest.subspan(packedStateBytes);
    EXPECT_EQ(calldata.provenRoot(pc / 32, codeDepth),
              machine.code().codeRoot());
    if (address)
      EXPECT_EQ(calldata.provenRoot(*address / 32, memDepth), memRoot);
    EXPECT_TRUE(calldata.rest.empty());
  }
  EXPECT_FALSE(machine.running());
}

TEST(Witness, SteppingAHaltedMachineIsTheIdentity) {
  Machine machine = machineOf(sampleWords);
  machine.run(100);
  Witness witness = machine.witnessStep();
  EXPECT_EQ(witness.preState, witness.postState);
  EXPECT_EQ(witness.calldata.size(), packedStateBytes);
  EXPECT_EQ(witness.opcode, 0);
}

TEST(Witness, ATrapOutOfRangeProvesNoMemory) {
  Machine machine = machineOf({lw(t0, 0x100, zero)});
  Witness witness = machine.witnessStep();
  EXPECT_EQ(machine.registers().status, Status::Trapped);
  EXPECT_EQ(witness.calldata.size(),
            packedStateBytes + 32 * (1 + machine.code().codeDepth()));
  EXPECT_EQ(machine.registers().pc, 0u);
  EXPECT_EQ(witness.postState, machine.stateHash());
  EXPECT_NE(witness.postState, witness.preState);
}

TEST(Witness, AFetchOutsideTheCodeTreeProvesNothing) {
  Machine machine = machineOf({nop});
  machine.registers().pc = 32;
  machine.registers().nextPc = 36;
  Witness witness = machine.witnessStep();
  EXPECT_EQ(machine.registers().status, Status::Trapped);
  EXPECT_EQ(witness.calldata.size(), packedStateBytes);
}

TEST(Witness, PaddingOfTheCodeTreeIsProvenAndReserved) {
  Machine machine = machineOf({nop});
  machine.run(1);
  Witness witness = machine.witnessStep();
  EXPECT_EQ(machine.registers().status, Status::Trapped);
  EXPECT_EQ(witness.opcode, 0);
  Calldata calldata(witness);
  calldata.rest = calldata.rest.subspan(packedStateBytes);
  EXPECT_EQ(calldata.provenRoot(0, 0), machine.code().codeRoot());
}

TEST(Machine, RunStopsAtTheStepLimit) {
  Machine machine = machineOf(sampleWords);
  EXPECT_EQ(machine.run(2), 2u);
  EXPECT_EQ(machine.registers().pc, 8u);
  EXPECT_EQ(machine.run(1000), 5u);
  EXPECT_EQ(machine.run(1000), 0u);
}

} // namespace
