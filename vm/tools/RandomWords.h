//===- RandomWords.h - Instruction words, valid or not ----------*- C++ -*-===//

#ifndef OPML_VM_TOOLS_RANDOMWORDS_H
#define OPML_VM_TOOLS_RANDOMWORDS_H

#include "Encodings.h"

namespace opml::vm {

enum class WordKind {
  Any,          // uniform in all 2^32
  OneBitAway,   // from a word of some instruction, any of its 32 bits turned
  NonzeroField, // an instruction's, but for a field of fixed zeros
};

/// The same seed gives the same words.
std::vector<uint32_t> randomWords(WordKind kind,
                                  const std::vector<Encoding> &encodings,
                                  size_t count, uint64_t seed);

} // namespace opml::vm

#endif // OPML_VM_TOOLS_RANDOMWORDS_H
