//===- RandomVectors.cpp - Random machine states, also odd ones -----------===//

#include "RandomVectors.h"
#include "RandomSteps.h"
#include "opml/vm/Merkle.h"
#include <algorithm>

using namespace opml::vm;

namespace {

// Small trees, whose ends are close, and rarely the whole address space, which
// takes seconds to hash.
constexpr unsigned smallDepths[] = {0, 1, 2, 3, 5, 8};
constexpr unsigned wholeDepth = 27;
constexpr uint64_t wholeMemoryEvery = 512;

constexpr uint32_t edges[] = {0,          1,          2,          31,
                              32,         4001,       0x7fff,     0x8000,
                              0xffff,     0x7fffffff, 0x80000000, 0x80000001,
                              0xffff8000, 0xfffffffc, 0xfffffffe, 0xffffffff};

class RandomVectors {
public:
  RandomVectors(const std::vector<StepVector> &spec, uint64_t seed)
      : random(seed) {
    std::map<uint16_t, uint32_t> byOpcode;
    for (const StepVector &vector : spec)
      byOpcode.emplace(decode(vector.word).opcode, vector.word);
    for (auto [opcode, word] : byOpcode)
      words.push_back(word);
  }

  StepVector make(uint64_t number) {
    StepVector vector;
    vector.name = "random/" + std::to_string(number);
    vector.codeDepth = oneIn(8) ? wholeDepth : pick(smallDepths);
    vector.memDepth =
        number % wholeMemoryEvery == 0 ? wholeDepth : pick(smallDepths);
    vector.word = word();
    fillRegisters(vector.pre);
    vector.pre.pc = programCounter(vector.codeDepth);
    vector.pre.nextPc = oneIn(4) ? value() : vector.pre.pc + 4;
    aim(vector);
    return vector;
  }

private:
  bool oneIn(uint64_t n) { return random.below(n) == 0; }
  template <typename T, size_t n> T pick(const T (&choices)[n]) {
    return choices[random.below(n)];
  }
  uint32_t bits() { return uint32_t(random.next()); }
  uint32_t value() { return oneIn(2) ? pick(edges) : bits(); }

  /// An instruction with any operands, or a word that nearly is one, or any.
  uint32_t word() {
    if (oneIn(16))
      return bits();
    uint32_t base = words[random.below(words.size())];
    bool sameOpcode = !oneIn(8);
    for (;;) {
      uint32_t word = base;
      for (uint64_t turns = random.below(8); turns > 0; --turns)
        word ^= 1u << random.below(32);
      if (!sameOpcode || decode(word).opcode == decode(base).opcode)
        return word;
    }
  }

  void fillRegisters(Registers &registers) {
    for (unsigned i = 1; i < 32; ++i)
      registers.gpr[i] = value();
    registers.hi = value();
    registers.lo = value();
    if (oneIn(2))
      registers.cause = uint8_t(bits());
    if (oneIn(16))
      registers.status = Status(uint8_t(bits()));
  }

  uint32_t programCounter(unsigned depth) {
    uint32_t inside = bits() & uint32_t((uint64_t(leafBytes) << depth) - 1);
    switch (random.below(16)) {
    case 0:
      return value();
    case 1:
      return inside; // perhaps misaligned
    case 2:
      return uint32_t(uint64_t(leafBytes) << depth) - 4 * (bits() & 1);
    default:
      return inside & ~3u;
    }
  }

  /// Some memory, and mostly a base register with which an access meets it or
  /// one of its ends.
  void aim(StepVector &vector) {
    uint64_t size = uint64_t(leafBytes) << vector.memDepth;
    uint32_t target = bits() & uint32_t(size - 1);
    if (oneIn(3))
      target = uint32_t((oneIn(2) ? size : 0) + random.below(16) - 8);
    else if (oneIn(2))
      target &= ~3u;
    for (uint32_t near : {target - 4, target, target + 4, bits()})
      vector.memory[near & uint32_t(size - 1) & ~3u] = bits();
    Instruction instruction = decode(vector.word);
    if (instruction.rs != 0 && !oneIn(4))
      vector.pre.gpr[instruction.rs] =
          target - uint32_t(int16_t(vector.word & 0xffff));
  }

  std::vector<uint32_t> words; // one for each opcode
  SplitMix64 random;
};

} // namespace

std::vector<StepVector>
opml::vm::randomVectors(const std::vector<StepVector> &spec, uint64_t count,
                        uint64_t seed) {
  RandomVectors random(spec, seed);
  std::vector<StepVector> vectors;
  vectors.reserve(count);
  for (uint64_t i = 0; i < count; ++i)
    vectors.push_back(random.make(i));
  return vectors;
}

uint32_t opml::vm::codeAddress(const StepVector &vector) {
  uint64_t size = uint64_t(leafBytes) << vector.codeDepth;
  return vector.pre.pc & uint32_t(size - 1) & ~3u;
}
