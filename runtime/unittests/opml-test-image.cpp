//===- opml-test-image.cpp - Writes the test image for lit tests ----------===//
//
// usage: opml-test-image DIR: writes DIR/test.opml and its input DIR/x.npy,
// x = [1, -2]; and DIR/failing.opml, whose last node may take 8 steps of 14.
//
//===----------------------------------------------------------------------===//

#include "TestImage.h"
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
  test::writeTestImage(directory + "/test.opml");
  Manifest failing = test::testManifest();
  failing.nodes.back().stepBits = 3;
  test::TestWeights weights;
  if (auto written = writeImage(directory + "/failing.opml", failing,
                                test::testProgram(), weights);
      !written)
    return reportError(written.error());
  Tensor input{{ElementType::Int32, {2}}, test::int32Bytes({1, -2})};
  if (Expected<void> ok = writeTensor(directory + "/x.npy", input); !ok)
    return reportError(ok.error());
  return 0;
}
