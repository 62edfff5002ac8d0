//===- GuestState.h - What translated code works on -------------*- C++ -*-===//

#ifndef OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H
#define OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H

#include <cstdint>

namespace opml::vm {

/// HI and LO are numbered behind the general registers.
inline constexpr unsigned HI = 32, LO = 33, registerCount = 34;

struct GuestState;

/// Executes the piece of code that `pc`, one of its entries, belongs to, and
/// others after it. `left` steps are allowed; returns those left over. No
/// address of this process stands in its code.
using Piece = __attribute__((preserve_none))
uint64_t(GuestState *, uint8_t *memory, uint64_t memorySize, uint64_t left,
         uint32_t pc);

/// Registers between two pieces of translated code. Those that a piece has not
/// written stay here while it runs.
struct GuestState {
  uint32_t registers[registerCount];
  // Valid when translated code has returned.
  uint32_t pc, nextPc;
  /// The instruction at pc traps, halts, or is part of a block longer than the
  /// steps left: the interpreter's turn. Otherwise pc was never translated.
  uint32_t isForInterpreter;
  /// One element per word of the code, null where no piece is entered.
  Piece *const *pieces;
};

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_GUESTSTATE_H
