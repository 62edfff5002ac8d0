//===- RandomVectors.cpp - Random machine states, also odd ones -----------===//

#include "RandomVectors.h"
#include "EdgeNumbers.h"
#include "RandomWords.h"
#include "opml/vm/Merkle.h"
#include <algorithm>

using namespace opml::vm;

namespace {

constexpr unsigned wholeDepth = 27; // all 2^32 bytes
constexpr unsigned memoryDepths[] = {0, 1, 2, 3, 5, 8};

struct StepCounts {
  unsigned running = 0;   // steps at each site that execute its word normally
  unsigned delaySlot = 0; // those with nextPc != pc + 4
  unsigned stopped = 0;   // those with another status than running
  unsigned lost = 0;      // of the group: pc misaligned or outside the code
};

class StepGenerator {
public:
  explicit StepGenerator(uint64_t seed) : random(seed) {}

  void placeLow(StepGroup &group, size_t sites);
  void placeAtBorder(StepGroup &group, size_t sites);
  uint32_t word(const Encoding &encoding);
  void fill(StepGroup &group, const StepCounts &counts);

private:
  void place(StepGroup &group, size_t sites, uint32_t first);
  StepVector step(const StepGroup &group, size_t site);
  void fillRegisters(StepVector &vector);
  uint32_t registerNumber(uint32_t another);
  void aim(StepVector &vector);
  uint32_t dataAddress(uint64_t size);
  void leaveCode(StepVector &vector);

  EdgeNumbers random;
};

//===- Places of code -----------------------------------------------------===//

void StepGenerator::place(StepGroup &group, size_t sites, uint32_t first) {
  for (size_t i = 0; i < sites; ++i)
    group.sites.push_back({first + uint32_t(i) * StepGroup::siteBytes, 0});
}

/// Somewhere in a small code tree, or up to its last word.
void StepGenerator::placeLow(StepGroup &group, size_t sites) {
  uint32_t bytes = uint32_t(sites) * StepGroup::siteBytes;
  unsigned least = depthForBytes(bytes + StepGroup::siteBytes);
  group.codeDepth = least + random.below(4);
  uint32_t room = (uint32_t(leafBytes) << group.codeDepth) - bytes;
  uint32_t last = room - 4 + StepGroup::siteBytes;
  uint32_t first =
      random.oneIn(2) ? last : 16 + random.below(room - 16) / 4 * 4;
  place(group, sites, std::min(first, last));
}

/// With a site whose delay slot is the first word of another region, in the
/// smallest code tree or the largest.
void StepGenerator::placeAtBorder(StepGroup &group, size_t sites) {
  static constexpr uint32_t borders[] = {0x10000000, 0x20000000, 0x40000000,
                                         0x80000000, 0};
  uint32_t border = random.pick(borders);
  unsigned above = random.below(sites / 2);
  group.codeDepth = wholeDepth;
  if (border != 0 && random.oneIn(2))
    group.codeDepth = depthForBytes(uint64_t(border) + 1);
  place(group, sites,
        border - 4 - uint32_t(sites - 1 - above) * StepGroup::siteBytes);
}

//===- Words --------------------------------------------------------------===//

/// Often $zero, $ra or the register of another field.
uint32_t StepGenerator::registerNumber(uint32_t another) {
  switch (random.below(6)) {
  case 0:
    return 0;
  case 1:
    return 31;
  case 2:
  case 3:
    return another;
  default:
    return random.below(32);
  }
}

uint32_t StepGenerator::word(const Encoding &encoding) {
  if (random.oneIn(16))
    return encoding.word(random.oneIn(2) ? 0 : 0xffffffff);
  uint32_t rs = registerNumber(random.below(32));
  uint32_t rt = registerNumber(rs);
  uint32_t low = random.oneIn(2)
                     ? random.halfword()
                     : registerNumber(random.oneIn(2) ? rs : rt) << 11 |
                           random.below(0x800);
  return encoding.word(random.bits() << 26 | rs << 21 | rt << 16 | low);
}

//===- States -------------------------------------------------------------===//

void StepGenerator::fillRegisters(StepVector &vector) {
  Registers &registers = vector.pre;
  for (unsigned i = 1; i < 32; ++i)
    registers.gpr[i] = random.value();
  registers.hi = random.value();
  registers.lo = random.value();
  if (random.oneIn(2))
    registers.cause = uint8_t(random.bits());
  // Operands that are compared are equal more often than by chance.
  Instruction instruction = decode(vector.word);
  uint32_t &rs = registers.gpr[instruction.rs];
  if (random.oneIn(4))
    rs = registers.gpr[instruction.rt];
  else if (random.oneIn(3))
    rs = random.near(uint32_t(int16_t(vector.word & 0xffff)), random.below(2));
  constexpr uint32_t exitCall = 4001;
  if (random.oneIn(4))
    registers.gpr[2] = exitCall;
  registers.gpr[0] = 0;
}

uint32_t StepGenerator::dataAddress(uint64_t size) {
  uint32_t inside = random.bits() & uint32_t(size - 1);
  switch (random.below(12)) {
  case 0:
    return random.near(0, 8);
  case 1:
    return random.near(size, 8);
  case 2:
    return random.near(inside & ~31u, 4);
  case 3:
    return random.value();
  case 4:
    return inside; // perhaps misaligned
  default:
    return inside & ~3u;
  }
}

/// Some memory, and mostly a base register with which an access meets it.
void StepGenerator::aim(StepVector &vector) {
  uint64_t size = uint64_t(leafBytes) << vector.memDepth;
  uint32_t target = dataAddress(size);
  for (uint32_t near : {target - 4, target, target + 4, random.bits()})
    vector.memory[near & uint32_t(size - 1) & ~3u] = random.value();
  uint8_t base = decode(vector.word).rs;
  if (base != 0 && accessesMemory(vector.word) && !random.oneIn(16))
    vector.pre.gpr[base] = target - uint32_t(int16_t(vector.word & 0xffff));
}

StepVector StepGenerator::step(const StepGroup &group, size_t site) {
  StepVector vector;
  vector.codeDepth = group.codeDepth;
  vector.memDepth = random.oneIn(64) ? wholeDepth : random.pick(memoryDepths);
  vector.word = group.sites[site].word;
  fillRegisters(vector);
  vector.pre.pc = group.sites[site].pc;
  vector.pre.nextPc = vector.pre.pc + 4;
  aim(vector);
  return vector;
}

void StepGenerator::leaveCode(StepVector &vector) {
  uint64_t size = uint64_t(leafBytes) << vector.codeDepth;
  if (size < uint64_t(1) << 32 && random.oneIn(2))
    vector.pre.pc = uint32_t(size) + random.below((uint64_t(1) << 32) - size);
  else
    vector.pre.pc |= 1 + random.below(3);
}

void StepGenerator::fill(StepGroup &group, const StepCounts &counts) {
  for (size_t site = 0; site < group.sites.size(); ++site) {
    for (unsigned i = 0; i < counts.running; ++i)
      group.steps.push_back(step(group, site));
    for (unsigned i = 0; i < counts.delaySlot; ++i) {
      StepVector vector = step(group, site);
      do
        vector.pre.nextPc = random.value();
      while (vector.pre.nextPc == vector.pre.pc + 4);
      group.steps.push_back(std::move(vector));
    }
    for (unsigned i = 0; i < counts.stopped; ++i) {
      StepVector vector = step(group, site);
      vector.pre.status = Status(1 + random.below(random.oneIn(2) ? 2 : 255));
      group.steps.push_back(std::move(vector));
    }
  }
  for (unsigned i = 0; i < counts.lost; ++i) {
    StepVector vector = step(group, random.below(group.sites.size()));
    leaveCode(vector);
    group.steps.push_back(std::move(vector));
  }
}

} // namespace

std::vector<StepGroup> opml::vm::instructionSteps(const Encoding &encoding,
                                                  uint64_t round) {
  constexpr size_t sites = 24;
  constexpr StepCounts counts = {
      .running = 21, .delaySlot = 4, .stopped = 1, .lost = 8};
  StepGenerator generator(round << 32 | encoding.fixed);
  std::vector<StepGroup> groups(2);
  generator.placeLow(groups[0], sites);
  generator.placeAtBorder(groups[1], sites);
  for (StepGroup &group : groups) {
    for (StepGroup::Site &site : group.sites)
      site.word = generator.word(encoding);
    generator.fill(group, counts);
  }
  return groups;
}

std::vector<StepGroup>
opml::vm::wordSteps(const std::vector<Encoding> &encodings, uint64_t count) {
  constexpr size_t wordsOfGroup = 250;
  std::vector<StepGroup> groups;
  for (WordKind kind :
       {WordKind::Any, WordKind::OneBitAway, WordKind::NonzeroField}) {
    auto seed = uint64_t(kind);
    StepGenerator generator(seed);
    auto words = randomWords(kind, encodings, count, seed);
    for (size_t first = 0; first < count; first += wordsOfGroup) {
      StepGroup &group = groups.emplace_back();
      generator.placeLow(group, std::min(wordsOfGroup, count - first));
      for (size_t i = 0; i < group.sites.size(); ++i)
        group.sites[i].word = words[first + i];
      generator.fill(group, {.running = 1});
    }
  }
  return groups;
}

uint32_t opml::vm::codeAddress(const StepVector &vector) {
  uint64_t size = uint64_t(leafBytes) << vector.codeDepth;
  return vector.pre.pc & uint32_t(size - 1) & ~3u;
}
