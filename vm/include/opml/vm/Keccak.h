//===- Keccak.h - Keccak-256 ------------------------------------*- C++ -*-===//
//
// A C++ port of the tiny-keccak interface: the raw permutation and a sponge
// with update/finalize. Ethereum's Keccak-256 (padding 0x01), not SHA3-256
// (padding 0x06). Written to be read: KeccakLanes.h, faster where many nodes
// are to be hashed, is tested against it. Specification:
// https://keccak.team/keccak_specs_summary.html
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_KECCAK_H
#define OPML_VM_KECCAK_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace opml::vm {

/// A 32-byte Keccak-256 digest, or an unhashed 32-byte Merkle leaf.
using Hash = std::array<uint8_t, 32>;

inline constexpr unsigned keccakRounds = 24;

/// One round of Keccak-f[1600]: theta, rho, pi, chi, iota. Requires
/// round < keccakRounds.
void keccakRound(std::span<uint64_t, 25> state, unsigned round);

/// The permutation Keccak-f[1600] on 25 lanes; lane (x, y) is state[x + 5 * y].
void keccakF1600(std::span<uint64_t, 25> state);

/// Incremental Keccak-256. A finalized sponge must not be used again.
class Keccak256 {
public:
  void update(std::span<const uint8_t> bytes);
  Hash finalize();

private:
  static constexpr size_t rate = 136;
  std::array<uint64_t, 25> state{};
  size_t offset = 0; // bytes absorbed into the current block, < rate
};

Hash keccak256(std::span<const uint8_t> bytes);

/// keccak256(left ‖ right): an inner node of every Merkle tree of the project.
Hash hashPair(const Hash &left, const Hash &right);

} // namespace opml::vm

#endif // OPML_VM_KECCAK_H
