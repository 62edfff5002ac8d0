//===- TestEngines.h - The engines that tests run on ------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_TESTENGINES_H
#define OPML_VM_UNITTESTS_TESTENGINES_H

#include "opml/vm/Translator.h"
#include <gtest/gtest.h>

#include <cstdlib>

namespace opml::vm::test {

inline const auto everyEngine = testing::Values("interp", "jit");

/// True if the long set was asked for (scripts/test.sh --nightly).
inline bool isNightly() {
  const char *value = std::getenv("OPML_NIGHTLY");
  return value && std::string_view(value) == "1";
}

/// The engine that --engine names.
inline std::unique_ptr<Engine> createEngine(std::string_view name,
                                            const Code &code) {
  if (name == "interp")
    return createInterpreter(code);
  Expected<std::unique_ptr<Translator>> translator = Translator::create(code);
  EXPECT_TRUE(translator) << translator.error().message;
  return std::move(*translator);
}

} // namespace opml::vm::test

#endif // OPML_VM_UNITTESTS_TESTENGINES_H
