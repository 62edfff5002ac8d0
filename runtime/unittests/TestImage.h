//===- TestImage.h - A small image for tests --------------------*- C++ -*-===//
//
// The model y = 2 * x + a + b on int32[2], in two nodes whose guest code is
// written in instruction words, so that no test of the runtime needs the
// compiler. The output is a view of its value, int32[1,2].
//
//===----------------------------------------------------------------------===//

#ifndef OPML_RUNTIME_UNITTESTS_TESTIMAGE_H
#define OPML_RUNTIME_UNITTESTS_TESTIMAGE_H

#include "opml/runtime/Image.h"

namespace opml::runtime::test {

/// Indices into Manifest::values.
enum TestValue : uint32_t { a, b, x, doubled, y };

/// Everything but what writeImage fills in.
Manifest testManifest();
/// The second node takes 14 steps and `delay`.
std::vector<uint8_t> testProgram(unsigned delay = 0);

class TestWeights : public WeightSource {
public:
  std::span<const uint8_t> bytes(uint32_t valueIndex) override;
  /// int32 values of a and b.
  std::vector<int32_t> values[2] = {{100, 200}, {-7, 30000}};
};

/// Writes the test image and returns its manifest.
Manifest writeTestImage(const std::string &path);

std::vector<uint8_t> int32Bytes(const std::vector<int32_t> &values);

} // namespace opml::runtime::test

#endif // OPML_RUNTIME_UNITTESTS_TESTIMAGE_H
