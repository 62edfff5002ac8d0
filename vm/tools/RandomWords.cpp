//===- RandomWords.cpp - Instruction words, valid or not ------------------===//

#include "RandomWords.h"
#include "EdgeNumbers.h"

using namespace opml::vm;

/// Bits 25 to 6 that are 0 in all words of the instruction. Below and above
/// stand the opcode fields.
static uint32_t zeroField(const Encoding &encoding) {
  constexpr uint32_t middle = 0x03ffffc0;
  return middle & ~encoding.operandBits & ~encoding.fixed;
}

std::vector<uint32_t>
opml::vm::randomWords(WordKind kind, const std::vector<Encoding> &encodings,
                      size_t count, uint64_t seed) {
  EdgeNumbers random(seed);
  std::vector<uint32_t> words;
  while (words.size() < count) {
    const Encoding &encoding = encodings[random.below(encodings.size())];
    uint32_t word = encoding.word(random.bits());
    if (kind == WordKind::Any)
      words.push_back(random.bits());
    else if (kind == WordKind::OneBitAway)
      words.push_back(word ^ 1u << random.below(32));
    else if (uint32_t more = random.bits() & zeroField(encoding))
      words.push_back(word | more);
  }
  return words;
}
