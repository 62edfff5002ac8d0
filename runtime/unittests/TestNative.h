//===- TestNative.h - Native code of the test image -------------*- C++ -*-===//

#ifndef OPML_RUNTIME_UNITTESTS_TESTNATIVE_H
#define OPML_RUNTIME_UNITTESTS_TESTNATIVE_H

#include <cstdint>
#include <string>

namespace opml::runtime {

struct Manifest;

namespace test {

/// What is set in a copy of the library, which is searched for the label.
struct NativeSettings {
  char label[16] = "settings of ...";
  uint8_t modelRoot[32] = {};
  uint32_t wrongNode = UINT32_MAX; // no node
};

/// Puts the library `file` into a cache, for every CPU level of this machine.
void keepTestNative(const std::string &file, const std::string &cache,
                    const Manifest &manifest,
                    uint32_t wrongNode = NativeSettings().wrongNode);

} // namespace test
} // namespace opml::runtime

#endif // OPML_RUNTIME_UNITTESTS_TESTNATIVE_H
