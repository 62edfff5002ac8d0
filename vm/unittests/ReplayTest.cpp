//===- ReplayTest.cpp - Replay against running from the start -------------===//
//
// Every answer is compared with that of a fresh machine which the interpreter
// takes from step 0 to the step in question.
//
//===----------------------------------------------------------------------===//

#include "opml/vm/Replay.h"
#include "GuestProgram.h"
#include "TestEngines.h"
#include "VectorFile.h"
#include <random>
#include <thread>
#include <unistd.h>

using namespace opml;
using namespace opml::vm;
using namespace opml::vm::test;

namespace {

constexpr unsigned memDepth = 14; // 128 pages
constexpr Gpr t2 = Gpr(10), t3 = Gpr(11), t4 = Gpr(12);

constexpr uint32_t shift(uint32_t function, Gpr rd, Gpr rt, uint32_t amount) {
  return rt << 16 | rd << 11 | amount << 6 | function;
}
constexpr uint32_t exclusiveOr(Gpr rd, Gpr rs, Gpr rt) {
  return rs << 21 | rt << 16 | rd << 11 | 0x26;
}
constexpr uint32_t andi(Gpr rt, Gpr rs, uint16_t mask) {
  return iType(0x0c, rs, rt, mask);
}
constexpr uint32_t lui(Gpr rt, uint16_t upper) {
  return iType(0x0f, zero, rt, upper);
}

/// How a program's loop goes on about memory, and ends.
enum class Stores { Anywhere, Upwards, OnePage, Again };
enum class End { Halt, Trap, Never };

/// About 16 * rounds steps: a xorshift generator (Marsaglia 2003) chooses what
/// is stored, and where.
Words program(Stores stores, End end, uint32_t rounds) {
  Words words = {addiu(t0, zero, 1), lui(t1, uint16_t(rounds >> 16)),
                 iType(0x0d, t1, t1, uint16_t(rounds)), // ori
                 lui(t4, 4)};
  Words body = {shift(0x00, t2, t0, 13), exclusiveOr(t0, t0, t2),
                shift(0x02, t2, t0, 17), exclusiveOr(t0, t0, t2),
                shift(0x00, t2, t0, 5),  exclusiveOr(t0, t0, t2)};
  switch (stores) {
  case Stores::Anywhere: // in the lower 64 KiB
    append(body, {andi(t3, t0, 0xfffc), sw(t0, 0, t3)});
    break;
  case Stores::Upwards: // from 256 KiB, a word a round
    append(body, {sw(t0, 0, t4), addiu(t4, t4, 4)});
    break;
  case Stores::OnePage:
    append(body, {andi(t3, t0, 0xffc), sw(t0, 0x2000, t3)});
    break;
  case Stores::Again: // few different words, often the one that is there
    append(body, {andi(t3, t0, 0xf000), andi(t2, t0, 1), sw(t2, 64, t3)});
    break;
  }
  append(body, {addiu(t1, t1, uint16_t(-1))});
  append(words, body);
  append(words, {iType(0x05, t1, zero, int16_t(-int(body.size()) - 1)), // bne
                 lw(t2, 64, zero)});
  if (end == End::Halt)
    append(words, {loadExit, systemCall});
  if (end == End::Trap)
    append(words, {lw(t2, 2, zero)});
  if (end == End::Never)
    append(words, {beq(zero, zero, -1), addiu(t0, t0, 1)});
  return words;
}

class Case {
public:
  Case(const Words &words, const char *engine, Replay::Options options = {})
      : code(std::make_shared<const Program>(
            std::move(*Program::fromElf(elfFile({codeSegment(words)}))))),
        replay(start(), createEngine(engine, code->code()), options) {}

  /// Some of its initial memory was written by hand.
  Machine start() const {
    Machine machine(code, std::move(*Memory::create(memDepth)));
    std::vector<uint8_t> bytes(9000, 0xab);
    EXPECT_TRUE(machine.dataMemory().write(0x1800, bytes));
    return machine;
  }
  Machine at(uint64_t step) const {
    Machine machine = start();
    machine.run(step);
    return machine;
  }
  uint64_t length() const { return start().run(UINT64_MAX); }

  void expectHash(uint64_t step) {
    Expected<Hash> hash = replay.stateHash(step);
    ASSERT_TRUE(hash) << hash.error().message;
    EXPECT_EQ(*hash, at(step).stateHash()) << "step " << step;
  }
  void expectSection(uint64_t from, uint64_t to, uint32_t k) {
    Expected<std::vector<Hash>> hashes = replay.section(from, to, k);
    ASSERT_TRUE(hashes) << hashes.error().message;
    ASSERT_EQ(hashes->size(), k);
    Machine machine = at(from);
    uint64_t step = from;
    for (uint32_t part = 1; part <= k; ++part) {
      uint64_t end = sectionEnd(from, to, k, part);
      machine.run(end - step);
      step = end;
      EXPECT_EQ((*hashes)[part - 1], machine.stateHash())
          << "step " << end << " of (" << from << ", " << to << "]";
    }
  }
  void expectWitness(uint64_t step) {
    Expected<ProvenStep> proven = replay.witness(step);
    ASSERT_TRUE(proven) << proven.error().message;
    Machine machine = at(step);
    EXPECT_EQ(proven->pc, machine.registers().pc);
    Witness witness = machine.witnessStep();
    EXPECT_EQ(proven->witness.calldata, witness.calldata) << "step " << step;
    EXPECT_EQ(proven->witness.opcode, witness.opcode);
    EXPECT_EQ(proven->witness.preState, witness.preState);
    EXPECT_EQ(proven->witness.postState, witness.postState);
    EXPECT_EQ(keccak256(proven->packedPostState), witness.postState);
  }
  void expectMachine(uint64_t step) {
    Machine expected = at(step);
    uint64_t taken = start().run(step);
    auto look = [&](const Machine &machine, const MerkleTree &tree,
                    uint64_t steps) {
      EXPECT_EQ(machine.registers(), expected.registers());
      EXPECT_TRUE(std::ranges::equal(machine.dataMemory().bytes(),
                                     expected.dataMemory().bytes()));
      EXPECT_EQ(tree.root(), expected.memoryTree().root());
      EXPECT_EQ(steps, taken);
    };
    EXPECT_TRUE(replay.visit(step, look));
  }

  std::shared_ptr<const Program> code;
  Replay replay;
};

TEST(SectionEnd, PartsAreAsEqualAsStepsAllow) {
  EXPECT_EQ(sectionEnd(0, uint64_t(1) << 48, 16, 1), uint64_t(1) << 44);
  EXPECT_EQ(sectionEnd(100, 100, 16, 16), 100u);
  EXPECT_EQ(sectionEnd(10, 13, 16, 5), 10u);
  EXPECT_EQ(sectionEnd(10, 13, 16, 6), 11u);
  EXPECT_EQ(sectionEnd(0, UINT64_MAX, UINT32_MAX, UINT32_MAX), UINT64_MAX);
  for (uint64_t length : {1, 5, 16, 1000, 1001})
    for (uint32_t k : {1, 2, 3, 16, 2000}) {
      uint64_t before = 7;
      for (uint32_t part = 0; part <= k; ++part) {
        uint64_t end = sectionEnd(7, 7 + length, k, part);
        EXPECT_EQ(end, 7 + length * part / k);
        EXPECT_LE(end - before, length / k + 1);
        before = end;
      }
    }
}

class ReplayEngines : public testing::TestWithParam<const char *> {};
INSTANTIATE_TEST_SUITE_P(Engine, ReplayEngines, everyEngine);

/// Questions of all kinds in random order, with budgets from nothing to more
/// than is needed.
TEST_P(ReplayEngines, AnswersAsARunFromTheStart) {
  std::mt19937_64 random(7);
  auto below = [&](uint64_t n) { return random() % n; };
  for (Stores stores :
       {Stores::Anywhere, Stores::Upwards, Stores::OnePage, Stores::Again})
    for (End end : {End::Halt, End::Trap, End::Never})
      for (uint64_t memory : {0, 150'000, 1'000'000, 1 << 30}) {
        SCOPED_TRACE(std::to_string(int(stores)) + " " +
                     std::to_string(int(end)) + " " + std::to_string(memory));
        Case test(program(stores, end, 3000), GetParam(),
                  {.snapshotMemory = memory,
                   .leastSpacing = 700,
                   .pagesForThread = 1 + below(20)});
        uint64_t limit = 45'000; // more than there are before a halt
        test.expectHash(below(limit));
        for (int i = 0; i < 6; ++i) {
          uint64_t from = below(limit), to = from + below(limit - from + 1);
          test.expectHash(below(limit));
          test.expectSection(from, to, uint32_t(1 + below(20)));
          test.expectWitness(below(limit));
          test.expectMachine(below(limit));
          Replay::Stats stats = test.replay.stats();
          EXPECT_TRUE(stats.memory <= memory || stats.snapshots == 1)
              << stats.memory;
        }
        test.expectHash(0);
        test.expectWitness(0);
      }
}

TEST_P(ReplayEngines, StepsBehindTheEndCostNothing) {
  Case test(program(Stores::Anywhere, End::Halt, 1000), GetParam());
  uint64_t length = test.length();
  test.expectHash(uint64_t(1) << 48);
  EXPECT_EQ(test.replay.stats().executedSteps, length);
  test.expectHash(length);
  test.expectHash(UINT64_MAX);
  test.expectWitness(length);
  test.expectWitness(length + 1);
  test.expectMachine(UINT64_MAX);
  Expected<std::vector<Hash>> hashes =
      test.replay.section(length, uint64_t(1) << 40, 16);
  ASSERT_TRUE(hashes);
  for (const Hash &hash : *hashes)
    EXPECT_EQ(hash, test.at(length).stateHash());
  EXPECT_EQ(test.replay.stats().executedSteps, length);
  test.expectWitness(length - 1);
}

/// Words of all instructions in random order, with loops, traps and branches in
/// delay slots among them.
TEST_P(ReplayEngines, AnswersOnRandomPrograms) {
  Expected<std::vector<StepVector>> vectors = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(vectors) << vectors.error().message;
  std::mt19937_64 random(11);
  auto below = [&](uint64_t n) { return random() % n; };
  uint64_t longRuns = 0;
  for (int i = 0; i < 100; ++i) {
    SCOPED_TRACE("program " + std::to_string(i));
    Words words;
    for (int j = 0; j < 24; ++j) {
      words.push_back((*vectors)[below(vectors->size())].word);
      if (below(3) == 0)
        append(words, {iType(uint32_t(4 + below(4)), Gpr(below(32)), zero,
                             uint16_t(below(16) - 12)),
                       addiu(Gpr(below(32)), zero, uint16_t(below(64) * 4))});
    }
    Case test(words, GetParam(),
              {.snapshotMemory = 20'000 * below(4),
               .leastSpacing = 50,
               .pagesForThread = 1});
    longRuns += test.at(2000).running();
    for (int question = 0; question < 4; ++question) {
      uint64_t from = below(2000), to = from + below(200);
      test.expectSection(from, to, uint32_t(1 + below(20)));
      test.expectWitness(below(2000));
    }
  }
  EXPECT_GT(longRuns, 5u);
}

/// A dispute in which the smallest part is reached at `step`.
void descend(Case &test, uint64_t step, uint64_t length, uint32_t k) {
  uint64_t from = 0, to = length;
  while (to - from > 1) {
    ASSERT_TRUE(test.replay.section(from, to, k));
    uint32_t part = 1;
    while (sectionEnd(from, to, k, part) <= step)
      ++part;
    uint64_t begin = sectionEnd(from, to, k, part - 1);
    to = sectionEnd(from, to, k, part);
    from = begin;
  }
  test.expectWitness(from);
  EXPECT_EQ(from, step);
}

TEST(Replay, ADescentExecutesTheRunAboutOnce) {
  for (Stores stores : {Stores::Anywhere, Stores::Upwards})
    for (double place : {0.0, 0.4, 0.99999}) {
      Case test(program(stores, End::Halt, 400'000), "interp",
                {.leastSpacing = 100'000});
      uint64_t length = test.length();
      descend(test, uint64_t(place * double(length)), length, 16);
      EXPECT_LE(test.replay.stats().executedSteps, length * 108 / 100);
    }
}

TEST(Replay, OnceTheRunIsKnownAStateIsNear) {
  Case test(program(Stores::Anywhere, End::Halt, 400'000), "interp",
            {.leastSpacing = 1000});
  uint64_t length = test.length();
  test.expectHash(length);
  uint64_t before = test.replay.stats().executedSteps;
  EXPECT_EQ(before, length);
  std::mt19937_64 random(3);
  constexpr int count = 20;
  for (int i = 0; i < count; ++i)
    EXPECT_TRUE(test.replay.stateHash(random() % length));
  EXPECT_LE(test.replay.stats().executedSteps - before, count * length / 64);
}

TEST(Replay, ASmallerBudgetIsKeptAtOnce) {
  Case test(program(Stores::Anywhere, End::Halt, 100'000), "interp",
            {.leastSpacing = 1000});
  test.expectHash(UINT64_MAX);
  EXPECT_GT(test.replay.stats().memory, 3'000'000u);
  test.replay.setSnapshotMemory(1'000'000);
  EXPECT_LE(test.replay.stats().memory, 1'000'000u);
  EXPECT_GT(test.replay.stats().snapshots, 1u);
  test.expectHash(300'000);
  test.expectSection(200'000, 210'000, 16);
}

/// What no one writes is not copied, whatever its size.
TEST(Replay, InitialMemoryCostsNothing) {
  constexpr uint64_t fileBytes = uint64_t(1) << 29;
  std::FILE *file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  ASSERT_EQ(ftruncate(fileno(file), off_t(fileBytes)), 0);
  auto code = std::make_shared<const Program>(std::move(*Program::fromElf(
      elfFile({codeSegment(program(Stores::Anywhere, End::Halt, 10'000))}))));
  Machine machine(code, std::move(*Memory::create(26)));
  ASSERT_TRUE(machine.dataMemory().map(fileBytes, fileno(file), 0, fileBytes));
  machine.graft(fileBytes, MerkleTree(24)); // zeros
  Replay replay(std::move(machine), createInterpreter(code->code()),
                {.snapshotMemory = 2 << 20, .leastSpacing = 5000});
  ASSERT_TRUE(replay.section(0, 100'000, 16));
  EXPECT_LE(replay.stats().memory, 2u << 20);
  EXPECT_GT(replay.stats().snapshots, 3u);
  std::fclose(file);
}

//===- Giving up, and several threads -------------------------------------===//

TEST(Replay, AQuestionIsGivenUpAndCanBeAskedAgain) {
  Case test(program(Stores::Anywhere, End::Never, 1000), "interp");
  std::atomic<bool> cancel = false;
  uint64_t seen = 0;
  Watch watch{&cancel, [&](uint64_t done, uint64_t atMost) {
                EXPECT_LE(done, atMost);
                EXPECT_EQ(atMost, uint64_t(1) << 40);
                seen = done;
                cancel = done > 10'000'000;
              }};
  Expected<Hash> hash = test.replay.stateHash(uint64_t(1) << 40, watch);
  ASSERT_FALSE(hash);
  EXPECT_EQ(hash.error().message, cancelledError().value().message);
  EXPECT_LT(seen, 20'000'000u);
  EXPECT_FALSE(test.replay.section(0, 100, 2, watch));
  EXPECT_FALSE(test.replay.witness(100, watch));
  cancel = false;
  test.expectHash(5'000'000);
  test.expectWitness(50'000);
}

TEST(Replay, WhoWaitsForAnotherQuestionCanGiveUp) {
  Case test(program(Stores::Anywhere, End::Never, 1000), "interp");
  std::atomic<bool> cancelLong = false, started = false, cancelShort = true;
  std::thread asking([&] {
    Watch watch{&cancelLong, [&](uint64_t, uint64_t) { started = true; }};
    EXPECT_FALSE(test.replay.stateHash(UINT64_MAX, watch));
  });
  while (!started)
    std::this_thread::yield();
  EXPECT_FALSE(test.replay.stateHash(1, {&cancelShort, {}}));
  cancelLong = true;
  asking.join();
}

TEST(Replay, ThreadsMayAskAtOnce) {
  Case test(program(Stores::Anywhere, End::Halt, 20'000), "interp",
            {.snapshotMemory = 1'000'000, .leastSpacing = 1000});
  std::vector<Hash> expected(24);
  for (uint64_t i = 0; i < expected.size(); ++i)
    expected[i] = test.at(i * 9000).stateHash();
  std::vector<std::thread> threads;
  for (uint64_t first : {0, 1, 2, 3})
    threads.emplace_back([&, first] {
      for (uint64_t i = first; i < expected.size(); i += 4) {
        Expected<Hash> hash = test.replay.stateHash(i * 9000);
        EXPECT_TRUE(hash && *hash == expected[i]);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

} // namespace
