//===- GuestState.h - What translated code works on -------------*- C++ -*-===//

#ifndef OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H
#define OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H

#include <cstdint>

namespace opml::vm {

/// HI and LO are numbered behind the general registers.
inline constexpr unsigned HI = 32, LO = 33, registerCount = 34;

/// Executes the piece of code that `pc`, one of its entries, belongs to, and
/// others after it. `left` steps are allowed; returns those left over.
using Piece = __attribute__((preserve_none))
uint64_t(uint8_t *memory, uint64_t left, uint32_t pc);

/// What pieces of translated code hand to each other, in front of the guest's
/// memory. No address of this process stands in the code itself.
struct GuestState {
  uint32_t registers[registerCount];
  // Valid when translated code has returned.
  uint32_t pc, nextPc;
  /// The interpreter's turn: within the steps of a block from pc an instruction
  /// traps or halts, or no more are left. Otherwise no piece is entered at pc.
  uint32_t isForInterpreter;
  /// One element per word of the code, null where no piece is entered.
  Piece *const *pieces;
  /// By the logarithm of an access's width: the bits of an address that no
  /// access of this width inside the memory has set.
  uint64_t outsideMemory[3];
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H
