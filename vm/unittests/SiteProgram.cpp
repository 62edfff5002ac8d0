//===- SiteProgram.cpp - Translated code around many words ----------------===//

#include "SiteProgram.h"
#include "DescribeRegisters.h"
#include "GuestProgram.h"
#include "TestEngines.h"
#include <algorithm>
#include <sys/mman.h>

using namespace opml::vm;
using namespace opml::vm::test;

//===- Code ---------------------------------------------------------------===//

SparseCode::SparseCode(const Words &words, unsigned depth, bool asProgram)
    : count(size_t(8) << depth), depth(depth) {
  void *pages =
      mmap(nullptr, count * sizeof(Instruction), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED)
    std::abort(); // a test machine without address space
  madvise(pages, count * sizeof(Instruction), MADV_NOHUGEPAGE);
  base = static_cast<Instruction *>(pages);
  test::Words run;
  size_t first = 0; // of the run
  for (auto [pc, word] : words) {
    if (pc / 4 >= count)
      break;
    if (!asProgram) {
      base[pc / 4] = decode(word);
      continue;
    }
    if (pc / 4 != first + run.size()) {
      decodeRun(std::exchange(run, {}), first);
      first = pc / 4;
    }
    run.push_back(word);
  }
  if (asProgram)
    decodeRun(std::move(run), first);
}

/// Decodes words that follow each other, and a reserved one behind them.
void SparseCode::decodeRun(test::Words words, size_t first) {
  if (first + words.size() < count)
    words.push_back(0xffffffff);
  std::ranges::copy(decodeProgram(words), base + first);
}

SparseCode::~SparseCode() { munmap(base, count * sizeof(Instruction)); }

/// A call, so that what stands behind it is an entry, and the word's block,
/// which goes on to the next site's call.
static void addSite(SparseCode::Words &code, const StepGroup::Site &site,
                    Place place) {
  constexpr uint32_t call = 3u << 26; // jal
  Words words = {call, nop, site.word, nop, beq(zero, zero, 1), nop};
  uint32_t first = site.pc - 8;
  if (place == Place::DelaySlot) {
    words = {call, nop, beq(zero, zero, 3), site.word};
    first = site.pc - 12;
  }
  for (size_t i = 0; i < words.size(); ++i)
    code[first + uint32_t(i) * 4] = words[i];
}

static SparseCode::Words siteWords(const StepGroup &group, Place place) {
  SparseCode::Words words;
  for (const StepGroup::Site &site : group.sites)
    addSite(words, site, place);
  return words;
}

//===- Memories -----------------------------------------------------------===//

std::vector<Memory> &MemoryCopies::prepare(unsigned depth,
                                           const SparseMemory &words) {
  current = &byDepth[depth];
  while (current->size() < 3) {
    Expected<Memory> memory = Memory::create(depth);
    if (!memory)
      std::abort(); // a test machine without address space
    current->push_back(std::move(*memory));
  }
  for (auto [address, word] : words) {
    uint8_t bytes[sizeof word];
    std::memcpy(bytes, &word, sizeof word);
    for (Memory &memory : *current)
      EXPECT_TRUE(memory.write(address, bytes));
    pages.insert(address >> Memory::pageBits);
  }
  return *current;
}

bool MemoryCopies::takeEqual(std::optional<uint32_t> touched) {
  constexpr uint32_t smallPages = 2;
  uint64_t size = current->front().size();
  uint64_t lastPage = (size - 1) >> Memory::pageBits;
  for (uint32_t page = 0; page < smallPages && page <= lastPage; ++page)
    pages.insert(page);
  if (touched)
    pages.insert(*touched >> Memory::pageBits);
  bool equal = true;
  for (uint32_t page : std::exchange(pages, {})) {
    uint64_t begin = uint64_t(page) << Memory::pageBits;
    uint64_t count = std::min<uint64_t>(Memory::pageBytes, size - begin);
    auto bytes = [&](Memory &memory) {
      return memory.bytes().subspan(begin, count);
    };
    static const std::vector<uint8_t> zeros(Memory::pageBytes);
    for (Memory &memory : *current)
      equal &= std::ranges::equal(bytes(memory), bytes(current->front()));
    for (Memory &memory : *current)
      EXPECT_TRUE(memory.write(begin, std::span(zeros).first(count)));
  }
  return equal;
}

//===- Engines ------------------------------------------------------------===//

bool opml::vm::test::isTranslatable(const Registers &registers) {
  return registers.status == Status::Running && registers.pc % 4 == 0 &&
         registers.nextPc == registers.pc + 4;
}

SiteRunner::SiteRunner(const StepGroup &group, Place place)
    : place(place),
      alone(siteWords(group, place), group.codeDepth, /*asProgram=*/false),
      linked(siteWords(group, place), group.codeDepth, /*asProgram=*/true),
      singly(alone.code()), program(linked.code()) {
  forgetTranslations();
}

void SiteRunner::forgetTranslations() {
  auto created = Translator::create(program);
  EXPECT_TRUE(created) << created.error().message;
  translator = std::move(*created);
}

bool opml::vm::test::wrapsAround(const StepVector &step) {
  const OneInstruction program(step.word, step.pre.pc, step.codeDepth);
  const uint64_t size = uint64_t(leafBytes) << step.memDepth;
  if (!touchedWord(step.pre, program.code(), size))
    return false;
  const int64_t base = step.pre.gpr[step.word >> 21 & 31];
  return base + int16_t(step.word) > int64_t(UINT32_MAX);
}

void SiteRunner::Outcome::setEnd(const Registers &after) {
  completes = after.status == Status::Running;
  cause = after.status == Status::Trapped ? after.cause : 0;
}

static std::string describe(const StepVector &step, uint64_t steps) {
  return disassemble(step.word, step.pre.pc) + ", " + std::to_string(steps) +
         " steps with memory of depth " + std::to_string(step.memDepth) +
         " from: " + testing::PrintToString(step.pre);
}

void SiteRunner::expectSameMemories(const StepVector &step, uint64_t steps) {
  uint64_t size = uint64_t(leafBytes) << step.memDepth;
  EXPECT_TRUE(memories.takeEqual(touchedWord(step.pre, singly, size)))
      << describe(step, steps);
}

Registers SiteRunner::runAll(const StepVector &step, const Registers &start,
                             uint64_t steps, Outcome &outcome) {
  std::vector<Memory> &copies = memories.prepare(step.memDepth, step.memory);
  Registers expected = start, inBlocks = start, actual = start;
  uint64_t interpreted = translator->stats().interpretedSteps;
  uint64_t expectedSteps = interpret(expected, singly, copies[0], steps);
  EXPECT_EQ(interpret(inBlocks, program, copies[1], steps), expectedSteps);
  EXPECT_EQ(translator->run(actual, copies[2], steps), expectedSteps);
  EXPECT_EQ(inBlocks, expected) << describe(step, steps);
  EXPECT_EQ(actual, expected) << describe(step, steps);
  expectSameMemories(step, steps);
  outcome.translated |= expectedSteps == steps &&
                        translator->stats().interpretedSteps == interpreted;
  return expected;
}

void SiteRunner::interpretInBlock(const StepVector &step, uint64_t steps) {
  std::vector<Memory> &copies = memories.prepare(step.memDepth, step.memory);
  Registers expected = step.pre;
  expected.pc -= 4;
  expected.nextPc -= 4;
  Registers inBlocks = expected, oneByOne = expected;
  uint64_t expectedSteps = interpret(expected, singly, copies[0], steps);
  EXPECT_EQ(interpret(inBlocks, program, copies[1], steps), expectedSteps);
  for (uint64_t i = 0; i < steps; ++i)
    interpret(oneByOne, program, copies[2], 1);
  EXPECT_EQ(inBlocks, expected) << describe(step, steps);
  EXPECT_EQ(oneByOne, expected) << describe(step, steps);
  expectSameMemories(step, steps);
}

SiteRunner::Outcome SiteRunner::run(const StepVector &step) {
  Outcome outcome = runFrom(step);
  if (!outcome.completes || outcome.translated || !isTranslatable(step.pre))
    return outcome;
  // A branch from another site may have led into the middle of this one, which
  // is no entry then.
  forgetTranslations();
  return runFrom(step);
}

SiteRunner::Outcome SiteRunner::runFrom(const StepVector &step) {
  Outcome outcome;
  Registers start = step.pre;
  if (place == Place::DelaySlot) {
    start.nextPc = start.pc;
    start.pc -= 4;
    Registers after = runAll(step, start, 2, outcome);
    outcome.setEnd(after);
    return outcome;
  }
  Registers after = runAll(step, start, 1, outcome);
  outcome.setEnd(after);
  // What follows in the block, or in the one that a branch leads to.
  bool staysHere = after.pc - start.pc <= 8 && after.nextPc - start.pc <= 12;
  uint64_t most = staysHere ? 4 : 2;
  for (uint64_t steps = 2; steps <= most; ++steps)
    runAll(step, start, steps, outcome);
  if (isTranslatable(start))
    interpretInBlock(step, 1 + most);
  return outcome;
}
