//===- Emit.h - What opml-isa-gen makes of a spec ---------------*- C++ -*-===//

#ifndef OPML_ISA_EMIT_H
#define OPML_ISA_EMIT_H

#include "opml/isa/Spec.h"
#include "llvm/Support/raw_ostream.h"

namespace opml::isa {

/// Decoder, handlers, access addresses and assembly text for
/// vm/lib/{Interpreter,Disassembler}.cpp, in sections OPML_GET_….
void emitCpp(const Spec &spec, llvm::raw_ostream &os);

/// C++ that builds LLVM IR, for vm/lib/Translator/Instructions.cpp.
void emitLlvm(const Spec &spec, llvm::raw_ostream &os);

/// The single-step interpreter as a Solidity contract.
void emitSolidity(const Spec &spec, llvm::raw_ostream &os);

/// Test vectors as JSON; the format is described in lib/Emit/EmitVectors.cpp.
void emitVectors(const Spec &spec, llvm::raw_ostream &os);

/// The instruction reference in Markdown.
void emitManual(const Spec &spec, llvm::raw_ostream &os);

/// Proof obligations as SMT-LIB; docs/proofs.md describes them. Columns that
/// cannot be read are reported through llvm::PrintError; then it returns false.
bool emitSmt(const Spec &spec, llvm::raw_ostream &os);

} // namespace opml::isa

#endif // OPML_ISA_EMIT_H
