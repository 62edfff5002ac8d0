//===- KeccakConstants.h - The numbers of Keccak-f[1600] --------*- C++ -*-===//

#ifndef OPML_VM_LIB_KECCAKCONSTANTS_H
#define OPML_VM_LIB_KECCAKCONSTANTS_H

#include "opml/vm/Keccak.h"

namespace opml::vm {

// Section 1.2 of the Keccak summary: the LFSR of the specification, tabulated.
constexpr uint64_t keccakRoundConstants[keccakRounds] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a,
    0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a,
    0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081,
    0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// rho's rotation of lane (x, y), at index x + 5 * y.
constexpr int keccakRotations[25] = {0,  1, 62, 28, 27, 36, 44, 6,  55,
                                     20, 3, 10, 43, 25, 39, 41, 45, 15,
                                     21, 8, 18, 2,  61, 56, 14};

// A message of 64 bytes fills the lanes before `keccakPadLane` of the only
// block. Padding 0x01 follows it, and 0x80 ends the block of 136 bytes.
inline constexpr size_t keccakPadLane = 8, keccakEndLane = 16;
inline constexpr uint64_t keccakPad = 0x01, keccakEnd = uint64_t(1) << 63;

} // namespace opml::vm

#endif // OPML_VM_LIB_KECCAKCONSTANTS_H
