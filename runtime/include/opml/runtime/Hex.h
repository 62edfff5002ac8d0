//===- Hex.h - Hashes and bytes as hexadecimal text -------------*- C++ -*-===//

#ifndef OPML_RUNTIME_HEX_H
#define OPML_RUNTIME_HEX_H

#include "opml/vm/Keccak.h"
#include <string>
#include <string_view>

namespace opml::runtime {

/// Lower-case digits without a prefix.
std::string hexDigits(std::span<const uint8_t> bytes);
/// "0x" and the digits.
std::string toHex(std::span<const uint8_t> bytes);
/// Reads what toHex gives for a hash, and nothing else; false otherwise.
bool parseHash(std::string_view text, vm::Hash &hash);

} // namespace opml::runtime

#endif // OPML_RUNTIME_HEX_H
