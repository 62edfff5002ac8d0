//===- Keccak.cpp - Keccak-256 --------------------------------------------===//

#include "opml/vm/Keccak.h"
#include "KeccakConstants.h"
#include <algorithm>
#include <bit>
#include <cstring>

using namespace opml::vm;

// Lanes are little-endian in the sponge's byte stream and are XORed in place.
static_assert(std::endian::native == std::endian::little);

namespace {

using State = std::array<uint64_t, 25>;

// Written so that all indices are constants once the loops are unrolled; the
// compiler then keeps the lanes in registers.
inline __attribute__((always_inline)) void round(uint64_t *lanes,
                                                 uint64_t constant) {
  uint64_t parity[5], moved[25];
#pragma clang loop unroll(full)
  for (int x = 0; x < 5; ++x)
    parity[x] =
        lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
#pragma clang loop unroll(full)
  for (int x = 0; x < 5; ++x) {
    uint64_t theta = parity[(x + 4) % 5] ^ std::rotl(parity[(x + 1) % 5], 1);
#pragma clang loop unroll(full)
    for (int y = 0; y < 5; ++y)
      moved[y + 5 * ((2 * x + 3 * y) % 5)] =
          std::rotl(lanes[x + 5 * y] ^ theta, keccakRotations[x + 5 * y]);
  }
#pragma clang loop unroll(full)
  for (int y = 0; y < 25; y += 5)
#pragma clang loop unroll(full)
    for (int x = 0; x < 5; ++x)
      lanes[x + y] =
          moved[x + y] ^ (~moved[(x + 1) % 5 + y] & moved[(x + 2) % 5 + y]);
  lanes[0] ^= constant;
}

void permute(uint64_t *lanes) {
  for (uint64_t constant : keccakRoundConstants)
    round(lanes, constant);
}

Hash digest(const State &state) {
  Hash hash;
  std::memcpy(hash.data(), state.data(), hash.size());
  return hash;
}

} // namespace

void opml::vm::keccakRound(std::span<uint64_t, 25> state, unsigned index) {
  round(state.data(), keccakRoundConstants[index]);
}

void opml::vm::keccakF1600(std::span<uint64_t, 25> state) {
  permute(state.data());
}

void Keccak256::update(std::span<const uint8_t> bytes) {
  auto *block = reinterpret_cast<uint8_t *>(state.data());
  while (!bytes.empty()) {
    size_t count = std::min(bytes.size(), rate - offset);
    for (size_t i = 0; i < count; ++i)
      block[offset + i] ^= bytes[i];
    bytes = bytes.subspan(count);
    offset += count;
    if (offset == rate) {
      permute(state.data());
      offset = 0;
    }
  }
}

Hash Keccak256::finalize() {
  auto *block = reinterpret_cast<uint8_t *>(state.data());
  block[offset] ^= 0x01;
  block[rate - 1] ^= 0x80;
  permute(state.data());
  return digest(state);
}

Hash opml::vm::keccak256(std::span<const uint8_t> bytes) {
  Keccak256 sponge;
  sponge.update(bytes);
  return sponge.finalize();
}

// 64 bytes fit into one block, so the sponge needs no buffering.
Hash opml::vm::hashPair(const Hash &left, const Hash &right) {
  State state{};
  std::memcpy(&state[0], left.data(), left.size());
  std::memcpy(&state[4], right.data(), right.size());
  state[keccakPadLane] = keccakPad;
  state[keccakEndLane] = keccakEnd;
  permute(state.data());
  return digest(state);
}
