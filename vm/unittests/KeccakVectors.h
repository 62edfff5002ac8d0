//===- KeccakVectors.h - Published test vectors of Keccak -------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_KECCAKVECTORS_H
#define OPML_VM_UNITTESTS_KECCAKVECTORS_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace opml::vm {

/// The file of that name among the third-party test data.
std::string keccakTestData(const std::string &name);

struct MessageVector {
  std::vector<uint8_t> message, digest;
};

/// Reads "Len = <bits>", "Msg = <hex>", "MD = <hex>"; whole bytes only.
/// Nothing if there is no such file.
std::optional<std::vector<MessageVector>>
readMessageVectors(const std::string &name);

using KeccakState = std::array<uint64_t, 25>;

/// One published application of Keccak-f[1600]: the state after each of the 24
/// rounds, the input first.
using PermutationVector = std::vector<KeccakState>;

/// Reads KeccakF-1600-IntermediateValues.txt. Nothing if there is none.
std::optional<std::vector<PermutationVector>> readPermutationVectors();

} // namespace opml::vm

#endif // OPML_VM_UNITTESTS_KECCAKVECTORS_H
