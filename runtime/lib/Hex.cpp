//===- Hex.cpp - Hashes and bytes as hexadecimal text ---------------------===//

#include "opml/runtime/Hex.h"

using namespace opml::runtime;

static constexpr std::string_view digits = "0123456789abcdef";

std::string opml::runtime::hexDigits(std::span<const uint8_t> bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string opml::runtime::toHex(std::span<const uint8_t> bytes) {
  return "0x" + hexDigits(bytes);
}

bool opml::runtime::parseHash(std::string_view text, vm::Hash &hash) {
  if (text.size() != 2 + 2 * hash.size() || !text.starts_with("0x"))
    return false;
  for (size_t i = 0; i < hash.size(); ++i) {
    size_t high = digits.find(text[2 + 2 * i]);
    size_t low = digits.find(text[3 + 2 * i]);
    if (high == std::string_view::npos || low == std::string_view::npos)
      return false;
    hash[i] = uint8_t(high << 4 | low);
  }
  return true;
}
