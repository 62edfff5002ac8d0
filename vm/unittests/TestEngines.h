//===- TestEngines.h - The engines that tests run on ------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_TESTENGINES_H
#define OPML_VM_UNITTESTS_TESTENGINES_H

#include "opml/vm/Translator.h"
#include <gtest/gtest.h>

namespace opml::vm::test {

inline const auto everyEngine = testing::Values("interp", "jit");

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
