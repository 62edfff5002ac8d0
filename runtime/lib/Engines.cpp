//===- Engines.cpp - The engines that tools offer -------------------------===//

#include "opml/runtime/Engines.h"
#include "opml/vm/Translator.h"
#include <cstdio>
#include <cstdlib>

using namespace opml;
using namespace opml::runtime;

Expected<EngineKind> opml::runtime::engineKind(const Arguments &arguments,
                                               EngineKind fallback) {
  std::string name = arguments.value("--engine", engineName(fallback));
  for (EngineKind kind : {EngineKind::Interpreter, EngineKind::Translator})
    if (name == engineName(kind))
      return kind;
  return makeError("unknown engine '" + name +
                   "'; use --engine=interp or --engine=jit");
}

std::string_view opml::runtime::engineName(EngineKind kind) {
  return kind == EngineKind::Interpreter ? "interp" : "jit";
}

/// See engineOption; the XDG base directory specification says which paths
/// count.
static std::filesystem::path translationCache() {
  auto variable = [](const char *name) {
    const char *value = std::getenv(name);
    return std::filesystem::path(value ? value : "");
  };
  if (std::getenv("OPML_CACHE_DIR")) {
    std::filesystem::path ours = variable("OPML_CACHE_DIR");
    return ours.empty() ? ours : ours / "translations";
  }
  std::filesystem::path base = variable("XDG_CACHE_HOME");
  if (!base.is_absolute()) {
    base = variable("HOME");
    if (!base.is_absolute())
      return {};
    base /= ".cache";
  }
  return base / "opml" / "translations";
}

Expected<std::unique_ptr<vm::Engine>>
opml::runtime::createEngine(EngineKind kind, const vm::Code &code) {
  if (kind == EngineKind::Interpreter)
    return vm::createInterpreter(code);
  auto warn = [](const std::string &why) {
    std::fprintf(stderr, "warning: %s; the interpreter goes on\n", why.c_str());
  };
  return vm::Translator::create(
      code, {.cache = translationCache(), .onFailure = warn});
}
