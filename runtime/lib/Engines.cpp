//===- Engines.cpp - The engines that tools offer -------------------------===//

#include "opml/runtime/Engines.h"
#include "opml/runtime/CacheDirectory.h"
#include "opml/vm/Translator.h"
#include <cstdio>

using namespace opml;
using namespace opml::runtime;

Expected<EngineKind> opml::runtime::engineKind(const Arguments &arguments,
                                               EngineKind fallback) {
  std::string name = arguments.value("--engine", engineName(fallback));
  for (EngineKind kind : {EngineKind::Interpreter, EngineKind::Translator})
    if (name == engineName(kind))
      return kind;
  if (name == nativeEngineName)
    return makeError("engine 'native' has no machine states; use "
                     "--engine=interp or --engine=jit");
  return makeError("unknown engine '" + name +
                   "'; use --engine=interp or --engine=jit");
}

Expected<bool> opml::runtime::asksForNative(const Arguments &arguments) {
  std::string name = arguments.value("--engine", "");
  if (name == nativeEngineName)
    return true;
  if (!arguments.has("--engine") || engineKind(arguments))
    return false;
  return makeError("unknown engine '" + name +
                   "'; use --engine=interp, --engine=jit or --engine=native");
}

std::string_view opml::runtime::engineName(EngineKind kind) {
  return kind == EngineKind::Interpreter ? "interp" : "jit";
}

Expected<std::unique_ptr<vm::Engine>>
opml::runtime::createEngine(EngineKind kind, const vm::Code &code) {
  if (kind == EngineKind::Interpreter)
    return vm::createInterpreter(code);
  auto warn = [](const std::string &why) {
    std::fprintf(stderr, "warning: %s; the interpreter goes on\n", why.c_str());
  };
  return vm::Translator::create(
      code, {.cache = cacheDirectory("translations"), .onFailure = warn});
}
