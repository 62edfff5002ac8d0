//===- Reader.h - From TableGen records to a Spec ---------------*- C++ -*-===//
//
// Shared by the readers of lib/Spec. Each reports its mistakes through
// llvm::PrintError and returns false.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_ISA_READER_H
#define OPML_ISA_READER_H

#include "opml/isa/Spec.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/TableGen/Record.h"

namespace opml::isa {

/// What semantics may refer to.
struct Names {
  llvm::DenseMap<const llvm::Record *, const Primitive *> primitives;
  llvm::DenseMap<const llvm::Record *, const Cause *> causes;
  llvm::DenseMap<const llvm::Record *, const Register *> registers;
};

bool readEncoding(const llvm::Record &record, Instruction &instruction);
bool checkOverlaps(const Spec &spec, const llvm::RecordKeeper &records);
bool readSemantics(const llvm::Record &record, const Names &names,
                   Instruction &instruction);
bool readTests(const llvm::Record &record, Instruction &instruction);

/// Reports "NAME: message" at the record's place and returns false.
bool fail(const llvm::Record &record, const llvm::Twine &message);

} // namespace opml::isa

#endif // OPML_ISA_READER_H
