//===- Prelude.h - Definitions before all obligations -----------*- C++ -*-===//

#ifndef OPML_ISA_SMT_PRELUDE_H
#define OPML_ISA_SMT_PRELUDE_H

#include "llvm/Support/raw_ostream.h"

namespace opml::isa::smt {

/// The EVM's opcodes over 256-bit words (evm.…), division at all widths
/// (udiv.W, urem.W, sdiv.W, srem.W), counting leading zeros (clz.W).
void printPrelude(llvm::raw_ostream &os);

/// Where division is wider than 32 bits.
inline constexpr unsigned dividendWidths[] = {64, 256};

} // namespace opml::isa::smt

#endif // OPML_ISA_SMT_PRELUDE_H
