//===- GuestFunction.h - A function of a linked guest program ---*- C++ -*-===//

#ifndef OPML_LIB_TARGET_MIPS_GUESTFUNCTION_H
#define OPML_LIB_TARGET_MIPS_GUESTFUNCTION_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <vector>

namespace opml::compiler::mips {

/// What decoding a function's words says about it.
struct GuestFunction {
  std::string name;
  uint32_t address = 0;
  uint32_t words = 0;
  uint32_t frameBytes = 0;       // by which its prologues lower $sp
  bool loops = false;            // it branches backwards
  std::vector<uint32_t> callees; // addresses, one for each call instruction
};

/// Reads the functions of a linked ELF file, in the order of their addresses.
/// Fails where the code holds a reserved word or does what guest code never
/// does.
llvm::Expected<std::vector<GuestFunction>>
readGuestFunctions(llvm::StringRef elf);

} // namespace opml::compiler::mips

#endif // OPML_LIB_TARGET_MIPS_GUESTFUNCTION_H
