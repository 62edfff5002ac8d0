//===- opml-test-image.cpp - Writes the test image for lit tests ----------===//
//
// usage: opml-test-image DIR: writes DIR/test.opml and its input DIR/x.npy,
// x = [1, -2]; DIR/failing.opml, whose last node may take 16 steps of 22; and
// native code of the first, right in DIR/right-cache, and with a wrong node 1
// in DIR/wrong-cache.
//
//===----------------------------------------------------------------------===//

#include "TestImage.h"
#include "TestNative.h"
#include "opml/runtime/CommandLine.h"
#include <filesystem>

using namespace opml;
using namespace opml::runtime;

int main(int argc, char **argv) {
  if (argc != 2)
    return reportError({"usage: opml-test-image DIR"});
  std::string directory = argv[1];
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  Manifest manifest = test::writeTestImage(directory + "/test.opml");
  auto keepNative = [&](const std::string &cache, auto... wrongNode) {
    test::keepTestNative(OPML_TEST_NATIVE, directory + cache, manifest,
                         wrongNode...);
  };
  keepNative("/right-cache/native");
  keepNative("/wrong-cache/native", 1u);
  Manifest failing = test::testManifest();
  failing.nodes.back().stepBits = 4;
  test::TestWeights weights;
  if (auto written = writeImage(directory + "/failing.opml", failing,
                                test::testProgram(/*delay=*/8), weights);
      !written)
    return reportError(written.error());
  Tensor input{{ElementType::Int32, {2}}, test::int32Bytes({1, -2})};
  if (Expected<void> ok = writeTensor(directory + "/x.npy", input); !ok)
    return reportError(ok.error());
  return 0;
}
