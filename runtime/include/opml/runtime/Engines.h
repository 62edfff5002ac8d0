//===- Engines.h - The engines that tools offer -----------------*- C++ -*-===//
//
// A library of its own: the translator brings LLVM.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_ENGINES_H
#define OPML_RUNTIME_ENGINES_H

#include "opml/runtime/CommandLine.h"
#include "opml/vm/Engine.h"

namespace opml::runtime {

inline constexpr Option engineOption = {
    "--engine", "ENGINE",
    "interp: the VM's interpreter (default)\n"
    "jit: the VM's translator to this machine's code; same states,\n"
    "same steps, faster on long runs. Keeps what it has compiled in\n"
    "~/.cache/opml, or where OPML_CACHE_DIR says (empty: nowhere)"};

/// For tools that execute the same steps again and again, and may ask a
/// machine for less than all nodes.
inline constexpr Option replayEngineOption = {
    "--engine", "ENGINE",
    "jit: the VM's translator to this machine's code (default)\n"
    "interp: the VM's interpreter; same states, same steps\n"
    "native: nodes before the one that is asked about by the code that\n"
    "opml-compile made for this machine and user, if there is some;\n"
    "the rest as by jit"};

/// What --engine is called that computes without a machine.
inline constexpr std::string_view nativeEngineName = "native";

enum class EngineKind { Interpreter, Translator };

/// What --engine asks for, by default `fallback`; an unknown engine is an
/// error.
Expected<EngineKind> engineKind(const Arguments &arguments,
                                EngineKind fallback = EngineKind::Interpreter);

/// Whether --engine asks for native code; an unknown engine is an error.
Expected<bool> asksForNative(const Arguments &arguments);

/// The name that --engine takes.
std::string_view engineName(EngineKind kind);

/// An engine for a program's code, which must outlive it. A translator uses the
/// user's cache, and warns on stderr where it has to leave code to the
/// interpreter.
Expected<std::unique_ptr<vm::Engine>> createEngine(EngineKind kind,
                                                   const vm::Code &code);

} // namespace opml::runtime

#endif // OPML_RUNTIME_ENGINES_H
