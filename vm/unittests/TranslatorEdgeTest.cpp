//===- TranslatorEdgeTest.cpp - Where a translator could go wrong ---------===//
//
// Edges of memory, of the code, of the number of steps; accesses that are
// checked together; registers kept in loops. Expected is what the interpreter
// does.
//
//===----------------------------------------------------------------------===//

#include "EnginePair.h"
#include <random>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

/// Uniform choices that are the same everywhere.
class Random {
public:
  explicit Random(uint64_t seed) : engine(seed) {}
  uint32_t below(size_t n) { return uint32_t(engine() % n); }
  template <typename T> T of(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  uint32_t word() { return uint32_t(engine()); }

private:
  std::mt19937_64 engine;
};

constexpr Gpr t2 = Gpr(10), t3 = Gpr(11);
const Words jumpToItself = {beq(zero, zero, -1), nop};

//===- Memory -------------------------------------------------------------===//

/// A line of loads and stores at a few bases, some of which it loads or adds
/// to, then a loop without effect: what the line did counts.
Words accessLine(Random &random) {
  Words words;
  for (unsigned i = 0, count = 2 + random.below(12); i < count; ++i) {
    Gpr base = random.of({t0, t0, t1, zero}), value = random.of({v0, t2, t3});
    // Offsets that differ little, those that differ by more than a page, and
    // what wraps around at 2^16.
    uint16_t offset = random.of<uint16_t>(
        {0, 0, 4, 8, 16, 1, 2, 0xfffc, 0xfff8, 4096, 0x1004, 0x7ffc, 0x8000});
    // lb lh lw lbu lhu sb sh sw lwl lwr swl swr
    uint32_t opcode =
        random.of({0x20u, 0x21u, 0x23u, 0x24u, 0x25u, 0x28u, 0x29u, 0x2bu,
                   0x2bu, 0x23u, 0x22u, 0x26u, 0x2au, 0x2eu});
    words.push_back(iType(opcode, base, value, offset));
    if (random.below(4) == 0)
      words.push_back(addiu(base, random.of({t0, t1}), random.of({4, 12})));
    if (random.below(6) == 0)
      words.push_back(lw(t1, random.of({0, 4}), t0));
    if (random.below(8) == 0) // add: may overflow
      words.push_back(t2 << 21 | v0 << 16 | t3 << 11 | 0x20);
  }
  append(words, jumpToItself);
  return words;
}

TEST(TranslatorEdge, AccessesCheckedTogetherTrapWhereTheyShould) {
  Random random(1);
  for (int i = 0; i < 250; ++i) {
    SCOPED_TRACE(i);
    EnginePair pair(accessLine(random));
    for (int run = 0; run < 24; ++run) {
      Bytes memory(random.of({32, 256, 1 << 15}));
      auto size = uint32_t(memory.size());
      auto address = [&] {
        return random.of({0u, 8u, 64u, 16384u, size - 4, size - 8, size,
                          size / 2, 1u, 0xfffffff8u, 2u, 4096u}) +
               4 * random.below(3);
      };
      for (size_t at = 0; at < size; at += 4 + 4 * random.below(size / 8)) {
        uint32_t content = random.below(3) ? address() : random.word();
        std::memcpy(&memory[at], &content, sizeof content);
      }
      Registers registers;
      for (Gpr base : {t0, t1})
        registers.gpr[base] = address();
      for (Gpr value : {v0, t2, t3})
        registers.gpr[value] = random.of({0x7fffffffu, random.word()});
      pair.expectEqual(registers, memory, random.of({60u, random.below(20)}));
    }
  }
}

TEST(TranslatorEdge, AddressesWrapAroundInTheLargestMemory) {
  Words words = {sw(v0, 0, t0), sw(t2, 0x10, t0), lw(t3, 0x10, t0),
                 lw(v0, 0x7ffc, t0), sw(t3, 0x8000, t0)};
  append(words, jumpToItself);
  EnginePair pair(words);
  Memory expected = std::move(*Memory::create(Memory::maxDepth));
  Memory actual = std::move(*Memory::create(Memory::maxDepth));
  for (uint32_t base : {0xfffffff0u, 0xfffffff8u, 0xffff8000u, 0u, 0x7ffcu,
                        0x80000000u, 0xfffffffcu, 0xfffffffeu}) {
    Registers registers;
    registers.gpr[t0] = base;
    registers.gpr[v0] = base ^ 0x12345678;
    registers.gpr[t2] = base + 1;
    pair.run(registers, expected, actual, 20);
    for (uint32_t offset : {0u, 0x10u, 0x7ffcu, 0xffff8000u})
      EXPECT_EQ(actual.bytes()[base + offset], expected.bytes()[base + offset]);
  }
}

TEST(TranslatorEdge, OneTranslatorServesMemoriesOfAnySize) {
  Words words = {sw(t1, 0x40, t0), addiu(t1, t1, 1), addiu(t0, t0, 0x100),
                 beq(zero, zero, -4), nop};
  EnginePair pair(words);
  for (size_t size : {1 << 16, 256, 1 << 20, 32, 1 << 13, 128})
    pair.expectEqual({}, Bytes(size), 20000);
}

//===- Code ---------------------------------------------------------------===//

/// The code tree is full: what comes next is no padding.
TEST(TranslatorEdge, CodeRunsOffTheEndOfTheTree) {
  const uint32_t line = addiu(t1, t1, 1);
  for (uint32_t last :
       {line, beq(zero, zero, -1), bne(t1, zero, 0), bne(t1, zero, -3), jal(0),
        jr(t0), lw(t1, 0, zero), iType(0x14, zero, zero, 0), // beql
        iType(0x15, zero, zero, 0)}) {                       // bnel, not taken
    EnginePair pair({line, line, line, line, line, line, line, last},
                    /*depth=*/0);
    for (uint32_t pc : {0u, 24u, 28u})
      for (uint64_t steps = 0; steps < 20; ++steps) {
        Registers registers;
        registers.pc = pc;
        registers.nextPc = pc + 4;
        registers.gpr[t0] = 28;
        pair.expectEqual(registers, Bytes(32), steps);
      }
  }
}

TEST(TranslatorEdge, LimitsMayBeAnyNumber) {
  EnginePair pair({addiu(t0, zero, 3000), addiu(t0, t0, uint16_t(-1)),
                   sw(t0, 0, zero), bne(t0, zero, -3), nop, loadExit,
                   systemCall});
  for (uint64_t steps :
       {uint64_t(1) << 48, (uint64_t(1) << 48) - 1, (uint64_t(1) << 63) - 1,
        uint64_t(1) << 63, (uint64_t(1) << 63) + 5, UINT64_MAX})
    pair.expectEqual({}, Bytes(32), steps);
}

TEST(TranslatorEdge, AStoppedMachineStaysAsItIs) {
  EnginePair pair({loadExit, systemCall, reservedWord});
  for (uint32_t pc : {0u, 8u}) {
    Registers registers;
    registers.pc = pc;
    registers.nextPc = pc + 4;
    Memory memory = memoryOf(Bytes(32));
    pair.translator->run(registers, memory, 100);
    EXPECT_NE(registers.status, Status::Running);
    const Registers stopped = registers;
    EXPECT_EQ(pair.translator->run(registers, memory, 100), 0u);
    EXPECT_EQ(registers, stopped);
  }
}

TEST(TranslatorEdge, LongLinesAreTranslatedOnce) {
  Words words;
  for (int i = 0; i < 30000; ++i)
    words.push_back(addiu(t1, t1, uint16_t(i)));
  append(words, {loadExit, systemCall});
  EnginePair pair(words);
  pair.expectEqual({}, Bytes(32), UINT64_MAX);
  pair.expectEqual({}, Bytes(32), 12345);
  EXPECT_LE(pair.translator->stats().translatedInstructions,
            words.size() + words.size() / 50);
}

//===- Loops --------------------------------------------------------------===//

/// Instructions on registers and the first words of memory.
void appendWork(Random &random, Words &words, unsigned count) {
  auto any = [&] { return Gpr(8 + random.below(12)); };
  for (unsigned i = 0; i < count; ++i)
    switch (random.below(6)) {
    case 0:
      words.push_back(sw(any(), uint16_t(4 * random.below(16)), zero));
      break;
    case 1:
      words.push_back(lw(any(), uint16_t(4 * random.below(16)), zero));
      break;
    case 2: // multu, mflo
      words.push_back(any() << 21 | any() << 16 | 0x19);
      words.push_back(any() << 11 | 0x12);
      break;
    default:
      words.push_back(addu(any(), any(), any()));
    }
}

/// Loops in loops, with branches forward and calls inside. $s4 … $s7 count.
void appendLoop(Random &random, Words &words, unsigned depth,
                std::vector<size_t> &calls) {
  const Gpr counter = Gpr(20 + depth);
  words.push_back(addiu(counter, zero, uint16_t(1 + random.below(4))));
  const size_t head = words.size();
  appendWork(random, words, 1 + random.below(6));
  if (random.below(2)) { // forward, over some of it
    words.push_back(
        random.of({beq(t0, t1, 3), bne(t2, t3, 3), // or likely:
                   iType(0x14, t0, t1, 3), iType(0x15, t2, t3, 3)}));
    appendWork(random, words, 4);
  }
  if (random.below(3) == 0) {
    calls.push_back(words.size());
    append(words, {jal(0), nop});
  }
  if (depth < 3)
    for (unsigned i = random.below(3); i > 0; --i)
      appendLoop(random, words, depth + 1, calls);
  words.push_back(addiu(counter, counter, uint16_t(-1)));
  const auto distance = int16_t(int(head) - int(words.size()) - 1);
  words.push_back(bne(counter, zero, distance));
  appendWork(random, words, 1);
}

TEST(TranslatorEdge, RegistersKeptInLoopsAreRightAtEveryStep) {
  Random random(2);
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(i);
    Words words;
    std::vector<size_t> calls;
    appendLoop(random, words, 0, calls);
    append(words, {loadExit, systemCall});
    for (size_t call : calls)
      words[call] = jal(uint32_t(4 * words.size()));
    appendWork(random, words, 4);
    append(words, {jr(ra), nop});
    EnginePair pair(words);
    Registers registers;
    for (int r = 8; r < 20; ++r)
      registers.gpr[r] = random.word();
    for (uint64_t steps = 0; steps < 150; ++steps)
      pair.expectEqual(registers, Bytes(64), steps);
    for (int run = 0; run < 20; ++run)
      pair.expectEqual(registers, Bytes(64), random.below(4000));
    // From the middle, in chunks.
    Memory expected = memoryOf(Bytes(64)), actual = memoryOf(Bytes(64));
    Registers there = registers, here = registers;
    for (int chunk = 0; chunk < 30; ++chunk) {
      const uint64_t steps = random.below(120);
      interpret(there, pair.code, expected, steps);
      pair.translator->run(here, actual, steps);
      ASSERT_EQ(here, there);
    }
    EXPECT_EQ(bytesOf(actual), bytesOf(expected));
  }
}

} // namespace
