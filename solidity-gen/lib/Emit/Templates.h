//===- Templates.h - Filling in a primitive's column ------------*- C++ -*-===//

#ifndef OPML_ISA_TEMPLATES_H
#define OPML_ISA_TEMPLATES_H

#include "opml/isa/Spec.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <set>

namespace opml::isa {

/// Replaces $0, $1 … in `text`. An argument that is used more than once and is
/// not a plain name or number goes through `name`, which binds it to one.
std::string fillIn(llvm::StringRef text, std::vector<std::string> arguments,
                   llvm::function_ref<std::string(const std::string &)> name);

/// What an instruction reads before its first effect.
struct Reads {
  std::set<const Operand *> fields, contents;
  std::set<const Register *> registers;
};
/// Everything that the statements read.
Reads collectReads(llvm::ArrayRef<Statement> statements);

/// "0x" and lower-case hexadecimal digits.
std::string hex(uint64_t value);

} // namespace opml::isa

#endif // OPML_ISA_TEMPLATES_H
