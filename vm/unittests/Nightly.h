//===- Nightly.h - The long set of test cases -------------------*- C++ -*-===//

#ifndef OPML_VM_UNITTESTS_NIGHTLY_H
#define OPML_VM_UNITTESTS_NIGHTLY_H

#include <cstdlib>
#include <string_view>

namespace opml::test {

/// Whether OPML_NIGHTLY is 1 (scripts/test.sh --nightly).
inline bool isNightly() {
  const char *value = std::getenv("OPML_NIGHTLY");
  return value && std::string_view(value) == "1";
}

} // namespace opml::test

#endif // OPML_VM_UNITTESTS_NIGHTLY_H
