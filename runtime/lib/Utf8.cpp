//===- Utf8.cpp - Well-formed UTF-8 ---------------------------------------===//

#include "Utf8.h"
#include <cstddef>
#include <cstdint>

namespace {

/// Length and bounds of a sequence, by its first byte: RFC 3629, section 4.
struct Sequence {
  uint8_t first, last; // of the leading byte
  uint8_t low, high;   // of the second byte; the others are 80..BF
  uint8_t continuations;
};
constexpr Sequence sequences[] = {
    {0x00, 0x7f, 0, 0, 0},       {0xc2, 0xdf, 0x80, 0xbf, 1},
    {0xe0, 0xe0, 0xa0, 0xbf, 2}, {0xe1, 0xec, 0x80, 0xbf, 2},
    {0xed, 0xed, 0x80, 0x9f, 2}, {0xee, 0xef, 0x80, 0xbf, 2},
    {0xf0, 0xf0, 0x90, 0xbf, 3}, {0xf1, 0xf3, 0x80, 0xbf, 3},
    {0xf4, 0xf4, 0x80, 0x8f, 3}};

const Sequence *findSequence(uint8_t lead) {
  for (const Sequence &sequence : sequences)
    if (lead >= sequence.first && lead <= sequence.last)
      return &sequence;
  return nullptr;
}

} // namespace

bool opml::runtime::isUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    const Sequence *sequence = findSequence(uint8_t(text[i]));
    if (!sequence || text.size() - i <= sequence->continuations)
      return false;
    uint8_t low = sequence->low, high = sequence->high;
    for (size_t end = i + sequence->continuations; i < end;) {
      uint8_t byte = uint8_t(text[++i]);
      if (byte < low || byte > high)
        return false;
      low = 0x80;
      high = 0xbf;
    }
    ++i;
  }
  return true;
}
